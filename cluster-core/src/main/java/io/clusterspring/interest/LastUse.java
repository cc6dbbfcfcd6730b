package io.clusterspring.interest;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When a publisher of this node has last asked for an audience, to about a second.
 * Thread-safe; publishers read it each time, and write it at most once in a second or so.
 */
final class LastUse {

	/**
	 * After how long without a publisher leases are not renewed any more: twice a lease.
	 * One that publishes more seldom sends a frame to each node that does not listen
	 * instead of about ten for its lease, and one that publishes more often never waits
	 * for a lease.
	 */
	static final long IDLE = 2 * InterestState.LEASE;

	private static final long PRECISION = TimeUnit.SECONDS.toNanos(1);

	private final AtomicLong moment;

	/**
	 * Create the last use of a node that has published nothing.
	 * @param now the moment, as in all methods, by a monotonic clock in nanoseconds
	 */
	LastUse(long now) {
		this.moment = new AtomicLong(now - IDLE);
	}

	/**
	 * A publisher asks.
	 * @return whether it is the first one after an idle time, so that leases are to be
	 * renewed now; several threads may be the first one
	 */
	boolean mark(long now) {
		long idle = now - this.moment.getOpaque();
		if (idle < PRECISION) {
			return false;
		}
		this.moment.setOpaque(now);
		return idle >= IDLE;
	}

	/** Return whether leases are to be renewed. */
	boolean isRecent(long now) {
		return now - this.moment.getOpaque() < IDLE;
	}

}
