package io.clusterspring.history;

import java.util.function.LongPredicate;

import org.jspecify.annotations.Nullable;

import io.clusterspring.history.CatchUp.Loss;

/**
 * The rules by which "recovered" never lies: if any of them finds that a message after a
 * position may be gone, nothing is replayed. Guarded by the {@link TopicLog}.
 */
final class LossRules {

	private LossRules() {
	}

	/**
	 * Find why messages after a position may be gone.
	 * @param unnumbered when the last message without a number came
	 * @param from the position of the last message that was seen
	 * @param contact when it was seen, by the monotonic clock
	 * @param forgotten tells the origins that this node knew once, and has forgotten
	 * @return the reason, or {@code null} if all of them are kept
	 */
	static @Nullable Loss loss(LogWindows windows, long unnumbered, HistoryPosition from, long contact,
			LongPredicate forgotten) {
		if (!TopicLog.isAfter(contact, unnumbered)) {
			return Loss.UNNUMBERED;
		}
		if (!TopicLog.isAfter(contact, windows.lostUntil())) {
			return Loss.TOO_OLD;
		}
		for (long origin : from.origins()) {
			OriginWindow window = windows.get(origin);
			if (window == null && !forgotten.test(origin) && !windows.hasNothingOf(origin, from)) {
				return Loss.UNKNOWN_ORIGIN;
			}
			if (window != null && from.number(origin) > window.last()) {
				return Loss.UNREACHABLE;
			}
			if (window != null && from.number(origin) + 1 < window.first() && !isBeforeTheBeginning(window, from)) {
				return Loss.EVICTED;
			}
		}
		boolean whole = windows.all()
			.stream()
			.allMatch((window) -> from.number(window.origin()) >= 0 || window.isWhole());
		return (whole) ? null : Loss.EVICTED;
	}

	/**
	 * Return whether nothing is missing between a position and the first number of an
	 * origin. If the origin had forgotten the topic before, the time of the contact tells
	 * whether that was seen.
	 */
	private static boolean isBeforeTheBeginning(OriginWindow window, HistoryPosition from) {
		return window.isWhole() && from.number(window.origin()) >= window.closedAt();
	}

}
