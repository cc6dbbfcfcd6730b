package io.clusterspring.failover;

import java.util.Comparator;
import java.util.List;

import io.clusterspring.failover.Claim.Stage;

/**
 * The claim of this node to an application, with its lease. Not thread-safe.
 */
final class LocalClaim {

	private final Placement placement;

	private final long token;

	private final Lease lease;

	private final Moment made;

	private Stage stage = Stage.CLAIMED;

	private long since;

	private boolean hanging;

	LocalClaim(Placement placement, long token, Moment now) {
		this.placement = placement;
		this.token = token;
		this.lease = new Lease(now);
		this.made = now;
		this.since = now.wall();
	}

	long token() {
		return this.token;
	}

	Stage stage() {
		return this.stage;
	}

	Lease lease() {
		return this.lease;
	}

	void enter(Stage next, Moment now) {
		this.stage = next;
		this.since = now.wall();
	}

	/**
	 * Count the votes for this claim.
	 * @param votes the votes
	 */
	void count(List<Vote> votes) {
		int required = this.placement.required();
		if (this.placement.isLeased() && votes.size() >= required) {
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
		if (!this.placement.isLeased()) {
			return Term.UNLIMITED;
		}
		Moment granted = this.lease.granted();
		return (granted != null) ? new Term(granted, this.placement.term().toNanos()) : Term.NONE;
	}

	/**
	 * Return whether the application may be at work.
	 * @return {@code true} from its start until it must stop, or its start hangs
	 */
	boolean isGood() {
		return !this.hanging && (this.stage == Stage.STARTING || this.stage == Stage.RUNNING);
	}

	/**
	 * The start has exceeded its timeout.
	 */
	void hang() {
		this.hanging = true;
	}

	/**
	 * Return whether the claim is so old that a new token should replace it.
	 * @param now the present moment
	 * @return {@code true} if it is older than the lease
	 */
	boolean isOld(Moment now) {
		return now.since(this.made) > this.placement.lease().toNanos();
	}

	boolean isValid(Moment now) {
		return term().isValid(now);
	}

	Claim claim() {
		return new Claim(this.token, this.lease.round(), this.stage, this.since);
	}

}
