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

	private final ScheduledExecutorService timer;

	private final Duration interval;

	private final Runnable action;

	private final Runnable idle;

	private State state = State.IDLE;

	/**
	 * Create a throttle.
	 * @param timer schedules the end of an interval
	 * @param interval the minimum time between two runs
	 * @param action the action, which must be short
	 * @param idle called at the end of an interval without a request
	 */
	Throttle(ScheduledExecutorService timer, Duration interval, Runnable action, Runnable idle) {
		this.timer = timer;
		this.interval = interval;
		this.action = action;
		this.idle = idle;
	}

	void request() {
		synchronized (this) {
			if (this.state != State.IDLE) {
				this.state = State.REQUESTED;
				return;
			}
			this.state = State.PAUSING;
		}
		run();
	}

	synchronized boolean isIdle() {
		return this.state == State.IDLE;
	}

	private void run() {
		try {
			this.action.run();
		}
		catch (Throwable ex) {
			logger.error("Presence could not publish changes, and tries again with the next change", ex);
		}
		try {
			this.timer.schedule(this::resume, this.interval.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// the node is stopping
		}
	}

	private void resume() {
		boolean again;
		synchronized (this) {
			again = this.state == State.REQUESTED;
			this.state = again ? State.PAUSING : State.IDLE;
		}
		(again ? (Runnable) this::run : this.idle).run();
	}

	/** The events since the last interval has ended. */
	private enum State {

		/** No run. */
		IDLE,

		/** A run, and no request after it. */
		PAUSING,

		/** A run, and requests after it. */
		REQUESTED

	}

}
