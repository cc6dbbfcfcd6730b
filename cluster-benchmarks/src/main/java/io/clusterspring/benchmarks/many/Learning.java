package io.clusterspring.benchmarks.many;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.clusterspring.interest.Interests;

/**
 * Looks, from the start of a node on, whether it knows the topics of all others.
 */
final class Learning {

	private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private volatile long known;

	/**
	 * Begin to look.
	 * @param expected how many topics the others have, 0 to look for nothing
	 */
	Learning(Interests interests, int expected) {
		if (expected > 0) {
			Thread looking = new Thread(() -> look(interests, expected), "learning");
			looking.setDaemon(true);
			looking.start();
		}
	}

	private void look(Interests interests, int expected) {
		while (interests.statistics().remoteTopics() < expected) {
			LockSupport.parkNanos(STEP_NANOS);
		}
		this.known = System.nanoTime();
	}

	/** Return the moment at which the node knew them, 0 if it does not. */
	long known() {
		return this.known;
	}

}
