package io.clusterspring.presence;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Limits how often an action runs. The first request runs it at once. Requests during the
 * following interval run it once, at the end of the interval. Thread-safe.
 */
final class Throttle {

	private static final Log logger = LogFactory.getLog(Throttle.class);

	private final Timing timing;

	private final Runnable action;

	private final Runnable idle;

	private boolean pausing;

	private boolean requested;

	/**
	 * Create a throttle.
	 * @param timing the minimum time between two runs
	 * @param action the action, which must be short
	 * @param idle called at the end of an interval without a request
	 */
	Throttle(Timing timing, Runnable action, Runnable idle) {
		this.timing = timing;
		this.action = action;
		this.idle = idle;
	}

	void request() {
		synchronized (this) {
			this.requested = this.pausing;
			if (this.pausing) {
				return;
			}
			this.pausing = true;
		}
		run();
	}

	/**
	 * Return whether a request now has to wait.
	 * @return {@code true} during an interval
	 */
	synchronized boolean isPausing() {
		return this.pausing;
	}

	private void run() {
		try {
			this.action.run();
		}
		catch (Throwable ex) {
			logger.error("Presence could not publish changes, and tries again with the next change", ex);
		}
		try {
			this.timing.timer().schedule(this::resume, this.timing.interval().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// the node is stopping
		}
	}

	private void resume() {
		boolean again;
		synchronized (this) {
			again = this.requested;
			this.pausing = again;
			this.requested = false;
		}
		if (again) {
			run();
		}
		else {
			this.idle.run();
		}
	}

	/**
	 * The timer and the interval of a throttle.
	 *
	 * @param timer schedules the end of an interval
	 * @param interval the interval
	 */
	record Timing(ScheduledExecutorService timer, Duration interval) {
	}

}
