package io.clusterspring.failover;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Tells at the moment when the next term ends, however long the next tick is away. Used
 * by one thread.
 */
final class TermTimer {

	private final ScheduledExecutorService timer;

	private final Runnable over;

	private @Nullable ScheduledFuture<?> scheduled;

	private long end;

	/**
	 * Create a timer.
	 * @param timer waits
	 * @param over what to do at the end
	 */
	TermTimer(ScheduledExecutorService timer, Runnable over) {
		this.timer = timer;
		this.over = over;
	}

	/**
	 * Set when the next term ends.
	 * @param left how much is left, {@code Long.MAX_VALUE} if there is no term
	 * @param now from when on
	 */
	void set(long left, Moment now) {
		ScheduledFuture<?> before = this.scheduled;
		long next = now.nanos() + left;
		if (before != null && !before.isDone() && left != Long.MAX_VALUE && next == this.end) {
			return;
		}
		if (before != null) {
			before.cancel(false);
		}
		this.end = next;
		this.scheduled = (left != Long.MAX_VALUE)
				? this.timer.schedule(this.over, Math.max(0, left), TimeUnit.NANOSECONDS) : null;
	}

}
