package io.clusterspring.failover.run;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.clusterspring.failover.time.Moment;

/**
 * Runs a task exactly when the next term ends, independent of ticks. Not thread-safe.
 */
final class TermTimer {

	private final ScheduledExecutorService timer;

	private final Runnable over;

	private @Nullable ScheduledFuture<?> scheduled;

	private long end;

	TermTimer(ScheduledExecutorService timer, Runnable over) {
		this.timer = timer;
		this.over = over;
	}

	// Long.MAX_VALUE nanoseconds if there is no term
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
