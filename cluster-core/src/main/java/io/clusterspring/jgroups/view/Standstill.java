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

	// a process that has not stood still may do nothing for so many milliseconds
	Standstill(long most, long now) {
		this.most = TimeUnit.MILLISECONDS.toNanos(most);
		this.last = now;
		this.ended = now - RECENT_NANOS;
	}

	// called a few times in a second
	void move(long now) {
		if (now - this.last > this.most) {
			this.ended = now;
		}
		this.last = now;
	}

	// until a second after it has moved again
	boolean isRecent(long now) {
		return now - this.last > this.most || now - this.ended < RECENT_NANOS;
	}

}
