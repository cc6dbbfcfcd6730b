package io.clusterspring.channel.tap;

import java.nio.ByteBuffer;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.pubsub.TopicMessage;
import io.clusterspring.text.LogText;

/**
 * A message that a tap has seen. All texts are short, and safe to show.
 *
 * @param topic the topic, {@code null} if the message could not be read
 * @param event the event
 * @param bytes the size of the payload
 * @param payload its beginning, {@code null} if the tap does not keep payloads
 * @param client the client, {@code null} for a broadcast to all members of a topic
 * @param from the node that has sent a broadcast, {@code null} for other messages
 * @param sockets how many channels a broadcast was delivered to
 */
record SeenMessage(Direction direction, @Nullable String topic, @Nullable String event, long bytes,
		@Nullable String payload, @Nullable TappedClient client, @Nullable String from, long sockets) {

	/** How many characters of a payload are kept. */
	static final int LONGEST = 1000;

	static SeenMessage of(Direction direction, SocketMessage message, TappedClient client, boolean payloads) {
		return new SeenMessage(direction, text(message.topic()), text(message.event()),
				message.payload().content().remaining(), payloads ? beginning(message.payload()) : null, client, null,
				0);
	}

	/** Return what is known of a message that cannot be read. */
	static SeenMessage unreadable(long bytes, TappedClient client) {
		return new SeenMessage(Direction.OUT, null, null, bytes, null, client, null, 0);
	}

	static SeenMessage of(TopicMessage message, int sockets, boolean payloads) {
		SocketPayload payload = new SocketPayload(message.bytes(), message.isBinary());
		return new SeenMessage(Direction.OUT, LogText.of(message.topic()), LogText.of(message.event()),
				payload.content().remaining(), payloads ? beginning(payload) : null, null, message.node().toString(),
				sockets);
	}

	private static String text(JsonNode name) {
		return LogText.of(name.isString() ? name.stringValue() : name);
	}

	/** Return the beginning of a payload; of a binary one in hexadecimal digits. */
	static String beginning(SocketPayload payload) {
		if (!payload.binary()) {
			return LogText.beginning(payload.content(), LONGEST);
		}
		ByteBuffer content = payload.content().slice();
		byte[] bytes = new byte[Math.min(content.remaining(), LONGEST / 2)];
		content.get(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
