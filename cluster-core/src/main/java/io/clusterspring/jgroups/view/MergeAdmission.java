package io.clusterspring.jgroups.view;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jgroups.Address;
import org.jgroups.View;
import org.jspecify.annotations.Nullable;

import io.clusterspring.jgroups.view.AgreementHeader.Line;
import io.clusterspring.jgroups.view.MergeRound.Answer;
import io.clusterspring.jgroups.view.MergeRound.Outcome;
import io.clusterspring.jgroups.view.ReachProbes.Probe;

/**
 * Asks before a merge whether all members reach each other, and answers when others ask.
 * Not thread-safe.
 */
final class MergeAdmission {

	private static final long ROUND_MILLIS = 2500;

	// nobody probes more for the sake of one question
	private static final int MOST_MEMBERS = 1000;

	private final Address own;

	private final AgreementTalk talk;

	private final Exclusion exclusion;

	private final ReachProbes probes = new ReachProbes();

	private View view;

	private @Nullable MergeRound round;

	private @Nullable Map<Address, View> postponed;

	private long begun;

	private long until;

	private long numbers;

	MergeAdmission(Address own, AgreementTalk talk, Exclusion exclusion, View view) {
		this.own = own;
		this.talk = talk;
		this.exclusion = exclusion;
		this.view = view;
	}

	/**
	 * Take a new view: what was found out about the last one counts no more.
	 * @param installed the view
	 */
	void installed(View installed) {
		this.view = installed;
		this.round = null;
		this.postponed = null;
	}

	/**
	 * The engine has found parts that could merge.
	 * @param views the views, by the members that have told them
	 * @param now the time in milliseconds
	 */
	void begin(Map<Address, View> views, long now) {
		if (this.round == null && this.postponed == null) {
			this.round = new MergeRound(++this.numbers, this.own, views);
			this.begun = now;
			this.talk.ask(this.round.members(), this.numbers, this.own);
		}
	}

	/**
	 * Take what another node says.
	 * @param from the node
	 * @param header what it says
	 * @param now the time in milliseconds
	 * @return the views to merge, if that is settled now
	 */
	@Nullable Map<Address, View> take(Address from, AgreementHeader header, long now) {
		switch (header.kind()) {
			case AgreementHeader.QUESTION -> probe(from, header, now);
			case AgreementHeader.ECHO -> {
				this.probes.echo(header.number(), from);
				answerWhatIsOver(now);
			}
			case AgreementHeader.ANSWER -> {
				Line about = header.lines().get(0);
				if (this.round != null && this.round.isOf(header.number())) {
					this.round.answered(from,
							new Answer(about.id(), header.lines().get(1).id().getId(), Set.copyOf(about.members())));
				}
			}
			default -> {
			}
		}
		return (this.round != null && this.round.isComplete()) ? end(this.round, now) : null;
	}

	private void probe(Address from, AgreementHeader header, long now) {
		Set<Address> others = new HashSet<>(header.lines().get(0).members());
		others.remove(this.own);
		long number = (others.size() <= MOST_MEMBERS) ? this.probes.begin(from, header.number(), others, now) : -1;
		if (number >= 0) {
			this.talk.probe(others, number);
		}
	}

	private void answerWhatIsOver(long now) {
		for (Probe probe : this.probes.ended(now)) {
			this.talk.answer(probe.from(), probe.question(), this.own,
					new Answer(this.view.getViewId(), this.exclusion.standsFor(now), probe.missing()));
		}
	}

	/**
	 * End what has waited for long enough.
	 * @param now the time in milliseconds
	 * @return the views to merge, if that is settled now
	 */
	@Nullable Map<Address, View> tick(long now) {
		answerWhatIsOver(now);
		Map<Address, View> due = this.postponed;
		if (due != null && now - this.until >= 0) {
			this.postponed = null;
			begin(due, now);
		}
		return (this.round != null && now - this.begun >= ROUND_MILLIS) ? end(this.round, now) : null;
	}

	private @Nullable Map<Address, View> end(MergeRound ending, long now) {
		this.round = null;
		Outcome outcome = ending.outcome();
		if (!outcome.isMerge()) {
			return null;
		}
		if (outcome.delay() > 0) {
			this.postponed = ending.views();
			this.until = now + outcome.delay();
			return null;
		}
		return outcome.views();
	}

}
