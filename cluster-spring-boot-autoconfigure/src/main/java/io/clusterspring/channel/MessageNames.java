package io.clusterspring.channel;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.text.Utf8;

/**
 * Bounds what a message names: its topic and event, and the references that are kept and
 * echoed. In binary messages their lengths have a byte each, so longer ones could not be
 * answered.
 */
final class MessageNames {

	private static final SocketPayload TOPIC = SocketReplies.json("{\"reason\":\"topic too long\"}");

	private static final SocketPayload EVENT = SocketReplies.json("{\"reason\":\"event too long\"}");

	private static final SocketPayload REF = SocketReplies.json("{\"reason\":\"ref too long\"}");

	private static final int MOST_BYTES_OF_A_CHAR = 3;

	private MessageNames() {
	}

	/**
	 * Find what is too long.
	 * @param message the message
	 * @return the response that says so, or {@code null} if nothing is
	 */
	static @Nullable SocketPayload tooLong(SocketMessage message) {
		if (isTooLong(message.topic())) {
			return TOPIC;
		}
		if (isTooLong(message.event())) {
			return EVENT;
		}
		return (isTooLong(message.ref()) || isTooLong(message.joinRef())) ? REF : null;
	}

	private static boolean isTooLong(JsonNode name) {
		if (name.isNull()) {
			return false;
		}
		// whatever else broken clients name is echoed as JSON
		String text = name.isString() ? name.stringValue() : name.toString();
		return text.length() * MOST_BYTES_OF_A_CHAR > Broadcast.MAX_NAME && Utf8.length(text) > Broadcast.MAX_NAME;
	}

}
