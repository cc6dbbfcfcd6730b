package io.clusterspring.failover.decision;

import java.util.Comparator;
import java.util.List;

import io.clusterspring.failover.time.Moment;
import io.clusterspring.failover.time.Term;

/**
 * The claim of this node to an application, with its lease. Not thread-safe.
 */
final class LocalClaim {

	private final PlacementRules rules;

	private final long token;

	private final Lease lease;

	private final Moment made;

	private Phase phase = Phase.CANDIDATE;

	private long since;

	LocalClaim(PlacementRules rules, long token, Moment now) {
		this.rules = rules;
		this.token = token;
		this.lease = new Lease(now);
		this.made = now;
		this.since = now.wall();
	}

	long token() {
		return this.token;
	}

	Phase phase() {
		return this.phase;
	}

	Lease lease() {
		return this.lease;
	}

	void enter(Phase next, Moment now) {
		this.phase = next;
		this.since = now.wall();
	}

	void hang() {
		if (this.phase == Phase.STARTING) {
			this.phase = Phase.HANGING;
		}
	}

	/**
	 * Count the votes for this claim.
	 * @param votes the votes
	 */
	void count(List<Vote> votes) {
		int required = this.rules.required();
		if (this.rules.isLeased() && votes.size() >= required) {
			List<Long> rounds = votes.stream().map(Vote::round).sorted(Comparator.reverseOrder()).toList();
			this.lease.grant(rounds.get(required - 1));
		}
	}

	/**
	 * Return the term of the claim. When the term ends, enough time is left to stop
	 * before the lease ends, even if the stop begins a little late.
	 * @return the term
	 */
	Term term() {
		if (!this.rules.isLeased()) {
			return Term.unlimited(this.token);
		}
		Moment granted = this.lease.granted();
		return (granted != null) ? new Term(this.token, granted, this.rules.times().term().toNanos())
				: Term.none(this.token);
	}

	/**
	 * Return whether the application may be at work.
	 * @return {@code true} from its start until it must stop, or its start hangs
	 */
	boolean isGood() {
		return this.phase == Phase.STARTING || this.phase == Phase.RUNNING;
	}

	/**
	 * Return whether the claim is so old that a new token should replace it.
	 * @param now the present moment
	 * @return {@code true} if it is older than the lease
	 */
	boolean isOld(Moment now) {
		return now.since(this.made) > this.rules.times().lease().toNanos();
	}

	boolean isValid(Moment now) {
		return term().isValid(now);
	}

	Claim claim() {
		return new Claim(this.token, this.lease.round(), this.phase.reported, this.since);
	}

	/**
	 * The phases of a claim on its own node.
	 */
	enum Phase {

		/** It waits for votes; nothing of the application runs. */
		CANDIDATE(Claim.Stage.CLAIMED),

		STARTING(Claim.Stage.STARTING),

		/** The start has exceeded its timeout, was interrupted, and has not returned. */
		HANGING(Claim.Stage.STARTING),

		RUNNING(Claim.Stage.RUNNING),

		STOPPING(Claim.Stage.STOPPING);

		private final Claim.Stage reported;

		Phase(Claim.Stage reported) {
			this.reported = reported;
		}

	}

}
