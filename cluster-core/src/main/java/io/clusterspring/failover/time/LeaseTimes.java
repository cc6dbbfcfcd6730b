package io.clusterspring.failover.time;

import java.time.Duration;

/**
 * The parts of a lease. The owner counts from the moment when it asked for a vote, the
 * voter from the moment when it received the request:
 *
 * <pre class="code">
 * owner  |&lt;-- term --&gt;|&lt;-- stop timeout --&gt;|&lt;-- reserve --&gt;|
 * voter     |&lt;------------------------ lease ------------------------&gt;|&lt;-- slack --&gt;|
 * </pre>
 *
 * @param lease how long a vote is valid
 * @param stopTimeout how long the application may take to stop
 */
public record LeaseTimes(Duration lease, Duration stopTimeout) {

	/** Clocks of nodes may differ in speed by one part in this number. */
	private static final int DRIFT = 20;

	/** One part in this number of a lease is reserved for a stop that begins late. */
	private static final int RESERVE = 20;

	private static final Duration SHORTEST_RESERVE = Duration.ofMillis(200);

	private static final Duration SHORTEST_TERM = Duration.ofMillis(500);

	/** The number of rounds in a term; all but one may be lost. */
	private static final int ROUNDS = 6;

	/**
	 * Return how long an application may run after a vote: the lease without the time to
	 * stop and without the reserve for a stop that begins late.
	 * @return the time since the owner sent the round, by the clock of the owner
	 */
	public Duration term() {
		return this.lease.minus(this.stopTimeout).minus(reserve());
	}

	/** Return how late the stop may begin. */
	Duration reserve() {
		return max(this.lease.dividedBy(RESERVE), SHORTEST_RESERVE);
	}

	/** Return the time between two requests for votes. */
	public Duration round() {
		return term().dividedBy(ROUNDS);
	}

	/**
	 * Return how long a voter keeps its vote: longer than the owner relies on it.
	 * @return the time in nanoseconds
	 */
	public long hold() {
		return this.lease.toNanos() + this.lease.toNanos() / DRIFT;
	}

	/** Return the longest stop timeout that leaves time to renew the lease. */
	public Duration longestStop() {
		Duration part = this.lease.multipliedBy(3).dividedBy(4);
		Duration rest = this.lease.minus(SHORTEST_TERM).minus(reserve());
		return (part.compareTo(rest) < 0) ? part : rest;
	}

	/**
	 * Return the shortest lease that can be renewed, rounded up to milliseconds.
	 * @return the shortest lease with this stop timeout
	 */
	public Duration shortestLease() {
		Duration used = this.stopTimeout.plus(SHORTEST_TERM);
		// a twentieth of the whole is a nineteenth of the rest
		long fits = Math.max(used.plus(SHORTEST_RESERVE).toMillis(),
				used.plus(used.dividedBy(RESERVE - 1)).toMillis() + 1);
		return Duration
			.ofMillis(Math.max(fits, this.stopTimeout.multipliedBy(4).dividedBy(3).plusNanos(999_999).toMillis()));
	}

	private static Duration max(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

}
