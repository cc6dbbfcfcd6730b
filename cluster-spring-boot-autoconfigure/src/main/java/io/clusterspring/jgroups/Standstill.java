package io.clusterspring.jgroups;

import java.util.concurrent.TimeUnit;

/**
 * Tells whether this process has stood still of late, as when it was frozen: then
 * something that it does a few times in a second was not done for long. What it finds
 * waiting may be as old. Not thread-safe.
 */
final class Standstill {

	private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private long last;

	private long ended;

	/**
	 * Begin to watch.
	 * @param now the time in nanoseconds
	 */
	Standstill(long now) {
		this.last = now;
		this.ended = now - RECENT_NANOS;
	}

	/**
	 * The process moves. Called a few times in a second.
	 * @param now the time in nanoseconds
	 */
	void move(long now) {
		if (now - this.last > LONG_NANOS) {
			this.ended = now;
		}
		this.last = now;
	}

	/**
	 * Return whether it has stood still until just now.
	 * @param now the time in nanoseconds
	 * @return {@code true} for a second after it has moved again
	 */
	boolean isRecent(long now) {
		return now - this.last > LONG_NANOS || now - this.ended < RECENT_NANOS;
	}

}
