package io.clusterspring.history;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The moment up to which somebody who comes back has seen everything.
 */
final class LastContact {

	/** How much later than it said the client may have been in contact. */
	private static final Duration SLACK = Duration.ofSeconds(30);

	/** Longer than any node remembers anything. */
	private static final Duration LONGEST = Duration.ofDays(365);

	private LastContact() {
	}

	/**
	 * Return the moment by the monotonic clock, {@link TopicLog#NEVER} if it is not
	 * known.
	 * @param away how long ago it was, as the client says
	 */
	static long of(@Nullable Duration away, long now) {
		return (away != null) ? now - slack(away).toNanos() : TopicLog.NEVER;
	}

	private static Duration slack(Duration away) {
		Duration known = (away.compareTo(LONGEST) > 0) ? LONGEST : away;
		return known.isNegative() ? SLACK : known.plus(SLACK);
	}

}
