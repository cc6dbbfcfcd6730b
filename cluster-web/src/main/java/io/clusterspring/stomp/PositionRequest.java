package io.clusterspring.stomp;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageHeaders;
import org.springframework.util.Assert;

import io.clusterspring.history.HistoryPosition;
import io.clusterspring.history.HistorySettings;

/**
 * The wish of a client that subscribes to a destination with history: where it was, or
 * how much it wants to see first. It is in headers of the SUBSCRIBE frame.
 *
 * @param isValid {@code false} if it cannot be read; then all else is empty
 * @param position the position of the last message that the client has seen, {@code null}
 * if it has seen none
 * @param away how long ago the client was in contact, if it knows
 * @param last how many messages it wants first
 */
record PositionRequest(boolean isValid, @Nullable HistoryPosition position, @Nullable Duration away, int last) {

	private static final PositionRequest INVALID = new PositionRequest(false, null, null, 0);

	private static final int MOST_DIGITS = 15;

	private static final Duration MAX_AWAY = Duration.ofDays(365);

	/**
	 * Read the headers of a frame.
	 * @return {@code null} if the client does not ask
	 */
	static @Nullable PositionRequest of(MessageHeaders headers) {
		String position = HistoryHeaders.of(headers, HistoryHeaders.POSITION);
		if (position == null) {
			return null;
		}
		try {
			String away = HistoryHeaders.of(headers, HistoryHeaders.AWAY);
			String last = HistoryHeaders.of(headers, HistoryHeaders.LAST);
			return new PositionRequest(true, position.isEmpty() ? null : HistoryPosition.of(position),
					(away != null) ? Duration.ofMillis(number(away, MAX_AWAY.toMillis())) : null,
					(last != null) ? (int) number(last, HistorySettings.MAX_SIZE) : 0);
		}
		catch (IllegalArgumentException ex) {
			return INVALID;
		}
	}

	private static long number(String text, long max) {
		// JavaScript may write a fraction
		int end = (text.indexOf('.') > 0) ? text.indexOf('.') : text.length();
		String digits = text.substring(0, end);
		Assert.isTrue(!digits.isEmpty() && digits.length() <= MOST_DIGITS && areDigits(digits), "Not a number");
		Assert.isTrue(end == text.length() || areDigits(text.substring(end + 1)), "Not a number");
		return Math.min(max, Long.parseLong(digits));
	}

	private static boolean areDigits(String text) {
		return text.chars().allMatch((digit) -> digit >= '0' && digit <= '9');
	}

}
