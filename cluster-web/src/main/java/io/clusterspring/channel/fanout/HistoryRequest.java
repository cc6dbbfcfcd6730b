package io.clusterspring.channel.fanout;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import io.clusterspring.channel.protocol.CutObject;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.history.HistoryPosition;
import io.clusterspring.history.HistorySettings;

/**
 * The wish of a client that joins a topic with history: where it was, or how much it
 * wants to see first. It is the member {@value #KEY} of the join's payload: an object
 * with {@code position}, {@code away} in milliseconds and {@code last}, all optional.
 *
 * @param isValid {@code false} if it cannot be read; then all else is empty
 * @param position the position of the last message that the client has seen, {@code null}
 * at its first join
 * @param away how long ago the client was in contact, if it knows
 * @param last how many messages it wants at its first join
 */
public record HistoryRequest(boolean isValid, @Nullable HistoryPosition position, @Nullable Duration away, int last) {

	/** The member of the join's payload, and the event that answers it. */
	public static final String KEY = "$history";

	private static final HistoryRequest INVALID = new HistoryRequest(false, null, null, 0);

	private static final Duration MAX_AWAY = Duration.ofDays(365);

	/**
	 * Cut the wish out of the payload of a join.
	 * @return the rest, and the wish
	 */
	public static Cut cut(SocketPayload payload) {
		CutObject cut = CutObject.of(payload, KEY);
		return (cut != null) ? new Cut(cut.rest(), of(cut.value())) : new Cut(payload, null);
	}

	static HistoryRequest of(@Nullable JsonNode value) {
		try {
			Assert.isTrue(value != null && value.isObject(), "Not an object");
			return new HistoryRequest(true, position(value.path("position")), away(value.path("away")),
					last(value.path("last")));
		}
		catch (IllegalArgumentException | JacksonException ex) {
			return INVALID;
		}
	}

	private static @Nullable HistoryPosition position(JsonNode value) {
		Assert.isTrue(isAbsent(value) || value.isString(), "Not a text");
		return isAbsent(value) ? null : HistoryPosition.of(value.stringValue());
	}

	private static @Nullable Duration away(JsonNode value) {
		return isAbsent(value) ? null : Duration.ofMillis(number(value, MAX_AWAY.toMillis()));
	}

	private static int last(JsonNode value) {
		return isAbsent(value) ? 0 : (int) number(value, HistorySettings.MAX_SIZE);
	}

	/** Numbers from JavaScript may have a fraction. */
	private static long number(JsonNode value, long max) {
		double number = value.isNumber() ? value.asDouble(-1) : -1;
		Assert.isTrue(number >= 0, "Not a number");
		return (number < max) ? (long) number : max;
	}

	private static boolean isAbsent(JsonNode value) {
		return value.isMissingNode() || value.isNull();
	}

	/**
	 * The payload of a join, and what was cut out of it.
	 *
	 * @param payload the payload for the handler
	 * @param request the wish, {@code null} if there is none
	 */
	public record Cut(SocketPayload payload, @Nullable HistoryRequest request) {
	}

}
