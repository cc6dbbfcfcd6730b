package io.clusterspring.channel;

import java.nio.ByteBuffer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketReply;
import io.clusterspring.channel.protocol.SocketReply.Status;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.text.Utf8;

/**
 * What a socket itself answers, in Phoenix's words.
 *
 * @param connection where the answers go
 * @param serializer the version the client speaks
 */
record SocketReplies(SocketConnection connection, SocketSerializer serializer) {

	static final SocketPayload EMPTY = json("{}");

	private static final SocketPayload UNMATCHED = json("{\"reason\":\"unmatched topic\"}");

	/** The channel's mailbox is full. */
	static final SocketPayload OVERLOADED = json("{\"reason\":\"overloaded\"}");

	/** Too many messages, of the socket or for the channel. */
	static final SocketPayload RATE_LIMITED = json("{\"reason\":\"rate_limited\"}");

	/** As Phoenix says it. */
	static final SocketPayload TOO_MANY_CHANNELS = json("{\"reason\":\"too many channels joined\"}");

	/** The payload of a join is longer than it may be. */
	static final SocketPayload JOIN_TOO_LARGE = json("{\"reason\":\"join payload too large\"}");

	/**
	 * Answer a message for a topic that has no channel here.
	 * @param message the message
	 */
	void notJoined(SocketMessage message) {
		if (ChannelSocket.is(message.event(), "phx_leave")) {
			send(message.joinRef(), message, Status.OK, EMPTY);
		}
		else {
			unmatched(message);
		}
	}

	/**
	 * Answer a message nobody is there for; Phoenix leaves the join reference out.
	 * @param message the message
	 */
	void unmatched(SocketMessage message) {
		send(NullNode.instance, message, Status.ERROR, UNMATCHED);
	}

	/**
	 * Answer a message that goes beyond a limit.
	 * @param message the message
	 * @param response which one
	 */
	void limited(SocketMessage message, SocketPayload response) {
		send(message.joinRef(), message, Status.ERROR, response);
	}

	void send(JsonNode joinRef, SocketMessage message, Status status, SocketPayload response) {
		this.connection.send(frame(joinRef, message, status, response));
	}

	SocketFrame frame(JsonNode joinRef, SocketMessage message, Status status, SocketPayload response) {
		return this.serializer.encode(new SocketReply(joinRef, message.ref(), message.topic(), status, response));
	}

	static SocketPayload json(String text) {
		return SocketPayload.json(ByteBuffer.wrap(Utf8.encode("JSON", text)).asReadOnlyBuffer());
	}

}
