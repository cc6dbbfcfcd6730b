package io.clusterspring.presence;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Has something done at once, and then not again before an interval has passed: what is
 * asked for meanwhile is done once, at its end.
 */
final class Pace {

	private static final Log logger = LogFactory.getLog(Pace.class);

	private final Timing timing;

	private final Runnable action;

	private final Runnable idle;

	private boolean resting;

	private boolean askedAgain;

	/**
	 * Create a pace.
	 * @param timing the least time between two actions
	 * @param action must not take long
	 * @param idle is called when an interval has passed in which nothing was asked for
	 */
	Pace(Timing timing, Runnable action, Runnable idle) {
		this.timing = timing;
		this.action = action;
		this.idle = idle;
	}

	void ask() {
		synchronized (this) {
			this.askedAgain = this.resting;
			if (this.resting) {
				return;
			}
			this.resting = true;
		}
		act();
	}

	/**
	 * Return whether what is asked for now has to wait.
	 * @return whether an interval has not passed
	 */
	synchronized boolean isResting() {
		return this.resting;
	}

	private void act() {
		try {
			this.action.run();
		}
		catch (Throwable ex) {
			logger.error("Presence could not hand on what has changed, and tries again with the next change", ex);
		}
		try {
			this.timing.timer().schedule(this::rested, this.timing.interval().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// the node goes down
		}
	}

	private void rested() {
		boolean again;
		synchronized (this) {
			again = this.askedAgain;
			this.resting = again;
			this.askedAgain = false;
		}
		if (again) {
			act();
		}
		else {
			this.idle.run();
		}
	}

	/**
	 * What an interval takes.
	 *
	 * @param timer waits
	 * @param interval the interval
	 */
	record Timing(ScheduledExecutorService timer, Duration interval) {
	}

}
