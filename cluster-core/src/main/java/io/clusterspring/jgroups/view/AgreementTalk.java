package io.clusterspring.jgroups.view;

import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

import org.jgroups.Address;
import org.jgroups.View;
import org.jgroups.ViewId;

import io.clusterspring.jgroups.view.AgreementHeader.Line;
import io.clusterspring.jgroups.view.CutLinks.Report;

/**
 * The messages of a {@link ViewAgreement} to others. Each message goes on its own, past
 * the protocols that repeat what is lost.
 */
record AgreementTalk(BiConsumer<Address, AgreementHeader> sender) {

	void report(Collection<Address> members, List<Report> reports) {
		List<Line> lines = reports.stream()
			.map((report) -> new Line(new ViewId(report.reporter(), report.number()), List.copyOf(report.unheard())))
			.toList();
		members.forEach((member) -> say(member, AgreementHeader.REPORT, 0, lines));
	}

	void tellView(Address to, View view, long stands) {
		say(to, AgreementHeader.VIEW, stands, List.of(new Line(view.getViewId(), view.getMembers())));
	}

	void ask(Collection<Address> members, long number, Address own) {
		Line about = new Line(new ViewId(own, number), List.copyOf(members));
		members.forEach((member) -> say(member, AgreementHeader.QUESTION, number, List.of(about)));
	}

	void answer(Address to, long number, Address own, MergeRound.Answer answer) {
		say(to, AgreementHeader.ANSWER, number, List.of(new Line(answer.view(), List.copyOf(answer.unreached())),
				new Line(new ViewId(own, answer.stands()), List.of())));
	}

	void probe(Collection<Address> members, long number) {
		members.forEach((member) -> say(member, AgreementHeader.PROBE, number, List.of()));
	}

	void echo(Address to, long number) {
		say(to, AgreementHeader.ECHO, number, List.of());
	}

	private void say(Address to, byte kind, long number, List<Line> lines) {
		this.sender.accept(to, new AgreementHeader(kind, number, lines));
	}

}
