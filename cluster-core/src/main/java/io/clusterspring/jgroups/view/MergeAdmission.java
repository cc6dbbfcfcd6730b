package io.clusterspring.jgroups.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jgroups.Address;
import org.jgroups.View;
import org.jspecify.annotations.Nullable;

import io.clusterspring.jgroups.view.AgreementHeader.Line;
import io.clusterspring.jgroups.view.MergeRound.Answer;
import io.clusterspring.jgroups.view.MergeRound.Outcome;

/**
 * Asks before a merge whether all members reach each other, and answers when others ask.
 * Not thread-safe.
 */
final class MergeAdmission {

	private static final long ROUND_MILLIS = 2500;

	// nobody probes more for the sake of one question
	private static final int MOST_MEMBERS = 1000;

	private static final State IDLE = new Idle();

	private final Address own;

	private final AgreementTalk talk;

	private final Exclusion exclusion;

	private final ReachProbes probes = new ReachProbes();

	private View view;

	private State state = IDLE;

	private long numbers;

	MergeAdmission(Address own, AgreementTalk talk, Exclusion exclusion, View view) {
		this.own = own;
		this.talk = talk;
		this.exclusion = exclusion;
		this.view = view;
	}

	// what was found out about the last view counts no more
	void installed(View installed) {
		this.view = installed;
		this.state = IDLE;
	}

	void begin(Map<Address, View> views, long now) {
		if (this.state == IDLE) {
			MergeRound round = new MergeRound(++this.numbers, this.own, views);
			this.state = new Asking(round, now);
			this.talk.ask(round.members(), this.numbers, this.own);
		}
	}

	// the views to merge, if that is settled now
	@Nullable Map<Address, View> take(Address from, AgreementHeader header, long now) {
		switch (header.kind()) {
			case AgreementHeader.QUESTION -> probe(from, header, now);
			case AgreementHeader.ECHO -> {
				this.probes.echo(header.number(), from);
				answerWhatIsOver(now);
			}
			case AgreementHeader.ANSWER -> {
				Line about = header.lines().get(0);
				if (this.state instanceof Asking asking && asking.round.isOf(header.number())) {
					asking.round.answered(from,
							new Answer(about.id(), header.lines().get(1).id().getId(), Set.copyOf(about.members())));
				}
			}
			default -> {
			}
		}
		return (this.state instanceof Asking asking && asking.round.isComplete()) ? end(asking.round, now) : null;
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
		for (ReachProbes.Probe probe : this.probes.ended(now)) {
			this.talk.answer(probe.from(), probe.question(), this.own,
					new Answer(this.view.getViewId(), this.exclusion.standsFor(now), probe.missing()));
		}
	}

	// the views to merge, if that is settled now
	@Nullable Map<Address, View> tick(long now) {
		answerWhatIsOver(now);
		if (this.state instanceof Postponed postponed && now - postponed.until >= 0) {
			this.state = IDLE;
			begin(postponed.views, now);
		}
		return (this.state instanceof Asking asking && now - asking.since >= ROUND_MILLIS) ? end(asking.round, now)
				: null;
	}

	private @Nullable Map<Address, View> end(MergeRound ending, long now) {
		Outcome outcome = ending.outcome();
		boolean postponed = outcome.isMerge() && outcome.delay() > 0;
		this.state = postponed ? new Postponed(ending.views(), now + outcome.delay()) : IDLE;
		return (outcome.isMerge() && !postponed) ? outcome.views() : null;
	}

	/**
	 * Idle until parts are found, asking their members, or waiting until a view has
	 * lasted long enough to ask again.
	 */
	private sealed interface State {

	}

	private record Idle() implements State {
	}

	private record Asking(MergeRound round, long since) implements State {
	}

	private record Postponed(Map<Address, View> views, long until) implements State {
	}

	/**
	 * Members that a node sends a probe to because another one wants to know whether it
	 * reaches them. Not thread-safe.
	 */
	private static final class ReachProbes {

		/** How long an echo is waited for. */
		static final long TIMEOUT_MILLIS = 1500;

		private static final int MOST = 32;

		private final Map<Long, Probe> probes = new HashMap<>();

		private long numbers;

		// negative if there are too many
		long begin(Address from, long question, Collection<Address> members, long now) {
			if (this.probes.size() >= MOST) {
				return -1;
			}
			this.probes.put(++this.numbers, new Probe(from, question, new HashSet<>(members), now));
			return this.numbers;
		}

		void echo(long number, Address member) {
			Probe probe = this.probes.get(number);
			if (probe != null) {
				probe.missing.remove(member);
			}
		}

		// those that have all echoes, or have waited for long enough
		List<Probe> ended(long now) {
			List<Probe> ended = new ArrayList<>();
			this.probes.values().removeIf((probe) -> {
				boolean over = probe.missing.isEmpty() || now - probe.begun >= TIMEOUT_MILLIS;
				if (over) {
					ended.add(probe);
				}
				return over;
			});
			return ended;
		}

		/** The probes for one question, and the members that have not answered. */
		record Probe(Address from, long question, Set<Address> missing, long begun) {
		}

	}

}
