package io.clusterspring.channel.socket;

import java.nio.ByteBuffer;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

import io.clusterspring.channel.InvalidPayloadException;
import io.clusterspring.channel.Reply;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketReply;
import io.clusterspring.channel.protocol.SocketReply.Status;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.expiry.Deadline;
import io.clusterspring.text.Utf8;

/**
 * Sends the replies of the socket itself, with the texts of Phoenix.
 *
 * @param connection the connection of the client
 * @param serializer the version of the protocol of the client
 */
record SocketReplies(SocketConnection connection, SocketSerializer serializer) {

	static final SocketPayload EMPTY = json("{}");

	private static final SocketPayload UNMATCHED = json("{\"reason\":\"unmatched topic\"}");

	/** The channel's mailbox is full. */
	static final SocketPayload OVERLOADED = json("{\"reason\":\"overloaded\"}");

	/** The socket has sent too many messages, in total or to one channel. */
	static final SocketPayload RATE_LIMITED = json("{\"reason\":\"rate_limited\"}");

	/** The reason in Phoenix. */
	static final SocketPayload TOO_MANY_CHANNELS = json("{\"reason\":\"too many channels joined\"}");

	/** The payload of the join is too large. */
	static final SocketPayload JOIN_TOO_LARGE = json("{\"reason\":\"join payload too large\"}");

	/** Answer a message for a topic that the client has not joined. */
	void notJoined(SocketMessage message) {
		if (MessageNames.is(message.event(), "phx_leave")) {
			send(message.joinRef(), message, Status.OK, EMPTY);
		}
		else {
			unmatched(message);
		}
	}

	/**
	 * Answer a message that no handler matches. As in Phoenix, the answer has no join
	 * reference.
	 */
	void unmatched(SocketMessage message) {
		send(NullNode.instance, message, Status.ERROR, UNMATCHED);
	}

	/**
	 * Answer a message that exceeds a limit.
	 * @param response the response that names the limit
	 */
	void limited(SocketMessage message, SocketPayload response) {
		send(message.joinRef(), message, Status.ERROR, response);
	}

	void send(JsonNode joinRef, SocketMessage message, Status status, SocketPayload response) {
		this.connection.send(frame(joinRef, message, status, response));
	}

	/**
	 * Tell the client that its socket ends soon.
	 * @param deadline when it ends
	 * @param now the present time in nanoseconds
	 */
	void expiring(Deadline deadline, long now) {
		SocketPayload payload = json("{\"at\":" + deadline.epochMillis() + ",\"in\":" + deadline.millisLeft(now) + "}");
		this.connection.send(this.serializer.encode(new SocketMessage(NullNode.instance, NullNode.instance,
				StringNode.valueOf(MessageNames.PHOENIX), StringNode.valueOf("expiring"), payload)));
	}

	SocketFrame frame(JsonNode joinRef, SocketMessage message, Status status, SocketPayload response) {
		return this.serializer.encode(new SocketReply(joinRef, message.ref(), message.topic(), status, response));
	}

	static Reply invalid(InvalidPayloadException failure) {
		return failure.errors().isEmpty() ? Reply.refuse("invalid payload")
				: Reply.error(Map.of("reason", "invalid payload", "errors", failure.errors()));
	}

	static SocketPayload json(String text) {
		return SocketPayload.json(ByteBuffer.wrap(Utf8.encode("JSON", text)).asReadOnlyBuffer());
	}

}
