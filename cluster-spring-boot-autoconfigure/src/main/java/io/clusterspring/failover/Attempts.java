package io.clusterspring.failover;

import java.time.Duration;

/**
 * Whether it makes sense to try to start an application on this node: only if there is
 * one, and, after it has failed, not at once. Not thread-safe.
 */
final class Attempts {

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

	private boolean hosted;

	private boolean stuck;

	private int failures;

	private Moment failed = new Moment(0, 0);

	void host(boolean there) {
		this.hosted = there;
	}

	/**
	 * A call of the application does not come back, or has come back at last.
	 * @param hanging whether it hangs
	 */
	void hang(boolean hanging) {
		this.stuck = hanging;
	}

	void forget() {
		this.failures = 0;
	}

	void succeeded() {
		this.failures = 0;
	}

	Duration failed(Moment now) {
		this.failures++;
		this.failed = now;
		return pause();
	}

	private Duration pause() {
		Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(this.failures - 1, 10));
		return (doubled.compareTo(LONGEST_PAUSE) < 0) ? doubled : LONGEST_PAUSE;
	}

	Readiness readiness(Moment now) {
		if (!this.hosted || this.stuck) {
			return Readiness.OFF;
		}
		if (this.failures == 0) {
			return Readiness.READY;
		}
		return (now.since(this.failed) < pause().toNanos()) ? Readiness.OFF : Readiness.FAILED;
	}

}
