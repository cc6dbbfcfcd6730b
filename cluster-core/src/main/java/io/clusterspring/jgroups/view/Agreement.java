package io.clusterspring.jgroups.view;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jgroups.Address;
import org.jgroups.View;
import org.jgroups.ViewId;
import org.jspecify.annotations.Nullable;

import io.clusterspring.jgroups.view.AgreementHeader.Line;
import io.clusterspring.jgroups.view.CutLinks.Report;

/**
 * Acts on what the engine and other nodes say, for a {@link ViewAgreement}: it asks an
 * {@link Exclusion} and a {@link MergeAdmission}, and hands on what they decide. Not
 * thread-safe.
 */
final class Agreement {

	// senders can make addresses up
	private static final int MOST_TOLD = 500;

	private final Address own;

	private final Engine engine;

	private final AgreementTalk talk;

	private final LongSupplier nanoClock;

	private final Exclusion exclusion;

	private final MergeAdmission merges;

	private final Set<Address> toTell = new HashSet<>();

	private View view;

	private boolean odd;

	// a view that an exclusion has made is to last for stand milliseconds
	Agreement(Address own, View first, long stand, Engine engine, AgreementTalk talk, LongSupplier nanoClock) {
		this.own = own;
		this.view = first;
		this.engine = engine;
		this.talk = talk;
		this.nanoClock = nanoClock;
		this.exclusion = new Exclusion(own, stand);
		this.merges = new MergeAdmission(own, talk, this.exclusion, first);
	}

	private long now() {
		return TimeUnit.NANOSECONDS.toMillis(this.nanoClock.getAsLong());
	}

	void installed(View installed) {
		this.view = installed;
		this.merges.installed(installed);
		Set<Address> out = this.exclusion.installed(installed.getViewId().getId(), installed.getMembers(), now());
		out.forEach(this::tell);
		// again a little later, while the connection is still there
		this.toTell.addAll(out);
	}

	private void tell(Address other) {
		if (!this.view.containsMember(other)) {
			this.talk.tellView(other, this.view, this.exclusion.standsFor(now()));
		}
	}

	private void tellSoon(Address other) {
		if (this.toTell.size() < MOST_TOLD) {
			this.toTell.add(other);
		}
	}

	boolean isMember(Address address) {
		return this.view.containsMember(address);
	}

	// whether GMS has been told to go on without it, and has not done so yet
	boolean isExcluded(Address member) {
		return this.exclusion.isExcluded(member);
	}

	void suspected(Collection<Address> suspects) {
		if (this.exclusion.suspected(suspects, now())) {
			sayAndDecide();
		}
	}

	// the engine has heard it again: has its membership to know?
	boolean unsuspected(Address member) {
		if (this.exclusion.unsuspected(member, now())) {
			sayAndDecide();
		}
		return !this.exclusion.isExcluded(member);
	}

	void take(Address from, AgreementHeader header) {
		switch (header.kind()) {
			case AgreementHeader.REPORT -> takeReports(from, header.lines());
			case AgreementHeader.VIEW -> takeView(from, header);
			case AgreementHeader.PROBE -> this.talk.echo(from, header.number());
			default -> merge(this.merges.take(from, header, now()));
		}
	}

	private void takeReports(Address from, List<Line> lines) {
		if (!this.exclusion.isMember(from)) {
			// it counts this node as one
			tellSoon(from);
			return;
		}
		boolean news = false;
		for (Line line : lines) {
			ViewId id = line.id();
			news |= this.exclusion.heard(new Report(id.getCreator(), id.getId(), Set.copyOf(line.members())), now());
		}
		if (news) {
			sayAndDecide();
		}
	}

	private void takeView(Address from, AgreementHeader header) {
		Line theirs = header.lines().get(0);
		this.exclusion.told(from, theirs.id().getId(), theirs.members(), header.number(), now());
		decide();
	}

	private void sayAndDecide() {
		this.talk.report(this.exclusion.others(), this.exclusion.reports(now()));
		this.engine.verify(this.exclusion.inDoubt());
		decide();
	}

	private void decide() {
		if (this.engine.isLeaving()) {
			return;
		}
		Exclusion.Verdict verdict = this.exclusion.decide(now());
		if (!verdict.cause().isEmpty()) {
			this.engine.warn(verdict.cause());
		}
		if (!verdict.suspects().isEmpty()) {
			this.engine.suspect(verdict.suspects());
		}
		verdict.again().forEach(this.engine::unsuspect);
	}

	// by the members that have told them
	void found(Map<Address, View> views) {
		views.forEach((member, theirs) -> {
			this.exclusion.told(member, theirs.getViewId().getId(), theirs.getMembers(), 0, now());
			if (theirs.containsMember(this.own) && !this.view.containsMember(member)) {
				tellSoon(member);
			}
		});
		decide();
		if (this.exclusion.isCoordinator()) {
			this.merges.begin(views, now());
		}
	}

	private void merge(@Nullable Map<Address, View> views) {
		if (views != null) {
			this.engine.merge(views);
		}
	}

	// called a few times in a second
	void tick() {
		List<Address> told = List.copyOf(this.toTell);
		this.toTell.clear();
		told.forEach(this::tell);
		this.odd = !this.odd;
		if (this.odd && this.exclusion.isOpen(now())) {
			sayAndDecide();
		}
		else {
			decide();
		}
		merge(this.merges.tick(now()));
	}

	/** Hears what is decided, and does it on other threads. */
	interface Engine {

		boolean isLeaving();

		void warn(String cause);

		// and those that are nearly as silent
		void verify(Set<Address> members);

		void suspect(Set<Address> members);

		void unsuspect(Address member);

		void merge(Map<Address, View> views);

	}

}
