package io.clusterspring.inspect;

import java.time.Duration;
import java.time.Instant;

/**
 * Shows operators when something was, of which the monotonic time is known.
 */
public final class Moments {

	private static final Duration CENTURY = Duration.ofDays(36_525);

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
	 * Return the present moment, to be kept.
	 * @return the milliseconds of the wall clock since 1970
	 */
	public static long millis() {
		return System.currentTimeMillis();
	}

	private static Instant at(long nanoTime) {
		return Instant.now().minusNanos(System.nanoTime() - nanoTime);
	}

	/**
	 * Return a moment by {@link System#nanoTime()}.
	 * @param moment the moment by the wall clock; one that is more than a century away
	 * counts as a century away
	 * @return the moment
	 */
	public static long nanoTime(Instant moment) {
		Duration ago = Duration.between(moment, Instant.now());
		if (ago.abs().compareTo(CENTURY) > 0) {
			ago = ago.isNegative() ? CENTURY.negated() : CENTURY;
		}
		return System.nanoTime() - ago.toNanos();
	}

}
