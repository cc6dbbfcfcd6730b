package io.clusterspring.failover.decision;

import java.time.Duration;

import io.clusterspring.failover.time.Moment;

/**
 * Tracks whether this node can try to start an application: only if the application is
 * present here, and after a failure only after a pause. Not thread-safe.
 */
final class StartAttempts {

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

	private boolean hosted;

	private boolean hanging;

	private int failures;

	private Moment failed = Moment.ZERO;

	void host() {
		this.hosted = true;
	}

	void forget() {
		this.failures = 0;
	}

	void called(CallResult result, Moment now) {
		switch (result) {
			case START_HANGS, STOP_HANGS -> {
				this.hanging = true;
			}
			case CAME_BACK -> {
				this.hanging = false;
			}
			case FAILED -> {
				this.failures++;
				this.failed = now;
			}
			case STARTED, STOPPED -> {
			}
		}
	}

	// how long this node waits after the latest failure
	Duration pause() {
		Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(this.failures - 1, 10));
		return (doubled.compareTo(LONGEST_PAUSE) < 0) ? doubled : LONGEST_PAUSE;
	}

	Readiness readiness(boolean allowed, Moment now) {
		if (this.hanging) {
			return Readiness.HANGING;
		}
		if (!this.hosted || !allowed) {
			return Readiness.OFF;
		}
		if (this.failures == 0) {
			return Readiness.READY;
		}
		return (now.since(this.failed) < pause().toNanos()) ? Readiness.PAUSED : Readiness.FAILED;
	}

}
