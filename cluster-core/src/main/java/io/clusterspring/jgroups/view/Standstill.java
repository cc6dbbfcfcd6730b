package io.clusterspring.jgroups.view;

import java.util.concurrent.TimeUnit;

/**
 * Tells whether this process has stood still of late, as when it was frozen: then
 * something that it does a few times in a second was not done for long. Messages that it
 * finds waiting may be as old. Not thread-safe.
 *
 * <p>
 * Works around GMS, which takes a JOIN_REQ of any age (not reported yet:
 * docs/upstream.md#a-late-answer-to-a-join). This can go once an answer to a join says
 * which request it answers.
 */
final class Standstill {

	private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final long most;

	private long last;

	private long ended;

	/**
	 * Begin to watch.
	 * @param most for how long a process may do nothing that has not stood still, in
	 * milliseconds
	 * @param now the time in nanoseconds
	 */
	Standstill(long most, long now) {
		this.most = TimeUnit.MILLISECONDS.toNanos(most);
		this.last = now;
		this.ended = now - RECENT_NANOS;
	}

	/**
	 * The process moves. Called a few times in a second.
	 * @param now the time in nanoseconds
	 */
	void move(long now) {
		if (now - this.last > this.most) {
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
		return now - this.last > this.most || now - this.ended < RECENT_NANOS;
	}

}
