package io.clusterspring.channel.socket;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.text.Utf8;

/**
 * Compares a message's topic, event and references, and checks their size. Binary
 * messages store each of these lengths in one byte, so longer ones could not be sent back
 * to the client.
 */
final class MessageNames {

	/** The topic of the socket itself. */
	static final String PHOENIX = "phoenix";

	private static final SocketPayload TOPIC = SocketReplies.json("{\"reason\":\"topic too long\"}");

	private static final SocketPayload EVENT = SocketReplies.json("{\"reason\":\"event too long\"}");

	private static final SocketPayload REF = SocketReplies.json("{\"reason\":\"ref too long\"}");

	private static final int MAX_BYTES_PER_CHAR = 3;

	private MessageNames() {
	}

	/**
	 * Find a name that is too long.
	 * @return the error response, or {@code null} if no name is too long
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

	static boolean isHeartbeat(SocketMessage message) {
		return is(message.topic(), PHOENIX) && is(message.event(), "heartbeat");
	}

	static boolean is(JsonNode node, String text) {
		return node.isString() && node.stringValue().equals(text);
	}

	private static boolean isTooLong(JsonNode name) {
		if (name.isNull()) {
			return false;
		}
		// values of other types, from broken clients, are echoed as JSON
		String text = name.isString() ? name.stringValue() : name.toString();
		return text.length() * MAX_BYTES_PER_CHAR > Broadcast.MAX_NAME && Utf8.length(text) > Broadcast.MAX_NAME;
	}

}
