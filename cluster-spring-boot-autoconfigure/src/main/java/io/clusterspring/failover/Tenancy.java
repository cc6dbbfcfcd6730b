package io.clusterspring.failover;

import java.util.Comparator;
import java.util.List;

import io.clusterspring.failover.Claim.Stage;

/**
 * This node's claim to an application, and how long it is good for. Not thread-safe.
 */
final class Tenancy {

	private final Placement placement;

	private final long token;

	private final Lease lease;

	private final Moment made;

	private Stage stage = Stage.CLAIMED;

	private long since;

	private boolean hanging;

	Tenancy(Placement placement, long token, Moment now) {
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
	 * Count the votes for it.
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
	 * Return how long it is good: so that there is time enough left to stop before the
	 * lease ends, even if that begins a little late.
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
	 * @return {@code true} from its start until it has to stop, or has taken too long to
	 * start
	 */
	boolean isGood() {
		return !this.hanging && (this.stage == Stage.STARTING || this.stage == Stage.RUNNING);
	}

	/**
	 * Its start has not come back in time.
	 */
	void hang() {
		this.hanging = true;
	}

	/**
	 * Return whether it was made so long ago that a token of now is better.
	 * @param now the present moment
	 * @return {@code true} after the time of a lease
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
