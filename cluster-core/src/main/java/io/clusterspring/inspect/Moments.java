package io.clusterspring.inspect;

import java.time.Instant;

/**
 * Shows operators when something was, of which the monotonic time is known.
 */
public final class Moments {

	private Moments() {
	}

	/**
	 * Return a moment by the wall clock.
	 * @param nanoTime the moment by {@link System#nanoTime()}
	 * @return the moment, in ISO format with milliseconds
	 */
	public static String show(long nanoTime) {
		return Instant.ofEpochMilli(at(nanoTime).toEpochMilli()).toString();
	}

	/**
	 * Return a moment by the wall clock.
	 * @param nanoTime the moment by {@link System#nanoTime()}
	 * @return the moment
	 */
	public static Instant at(long nanoTime) {
		return Instant.now().minusNanos(System.nanoTime() - nanoTime);
	}

}
