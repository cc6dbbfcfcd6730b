package io.clusterspring.failover.decision;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

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

	void started(Moment now) {
		if (this.phase == Phase.STARTING) {
			enter(Phase.RUNNING, now);
		}
	}

	void hang() {
		if (this.phase == Phase.STARTING) {
			this.phase = Phase.HANGING;
		}
	}

	void count(List<Vote> votes) {
		int required = this.rules.required();
		if (this.rules.isLeased() && votes.size() >= required) {
			List<Long> rounds = votes.stream().map(Vote::round).sorted(Comparator.reverseOrder()).toList();
			this.lease.grant(rounds.get(required - 1));
		}
	}

	// the term: at its end, enough time is left to stop before the lease ends
	Term term() {
		if (!this.rules.isLeased()) {
			return Term.unlimited(this.token);
		}
		Moment granted = this.lease.granted();
		return (granted != null) ? new Term(this.token, granted, this.rules.times().term().toNanos())
				: Term.none(this.token);
	}

	// whether the application may be at work
	boolean isGood() {
		return this.phase == Phase.STARTING || this.phase == Phase.RUNNING;
	}

	// whether the claim is so old that a new token should replace it
	boolean isOld(Moment now) {
		return now.since(this.made) > this.rules.times().lease().toNanos();
	}

	boolean isValid(Moment now) {
		return term().isValid(now);
	}

	Claim claim() {
		return new Claim(this.token, this.lease.round(), this.phase.reported, this.since);
	}

	/** The phases of a claim on its own node. */
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

	/**
	 * The lease of a claim. The owner sends each round at a known moment, and the votes
	 * for a round count from that moment, which is before any voter receives it. So the
	 * owner's lease expires before any voter's promise. Not thread-safe.
	 */
	static final class Lease {

		private final NavigableMap<Long, Moment> sent = new TreeMap<>();

		private long round;

		private @Nullable Moment granted;

		Lease(Moment now) {
			renew(now);
		}

		long round() {
			return this.round;
		}

		void renew(Moment now) {
			this.sent.put(++this.round, now);
		}

		// enough nodes have voted for a round
		void grant(long agreed) {
			Moment moment = this.sent.get(agreed);
			if (moment != null) {
				this.granted = moment;
				this.sent.headMap(agreed).clear();
			}
		}

		// when the lease began, if it was granted
		@Nullable Moment granted() {
			return this.granted;
		}

	}

}
