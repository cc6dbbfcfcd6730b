package io.clusterspring.channel.socket;

import java.util.Objects;

import tools.jackson.databind.JsonNode;

import io.clusterspring.channel.ImmediateReply;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketReply.Status;

/**
 * A reply, encoded for its client.
 *
 * @param status the status that is sent; an error if the response is binary and the
 * client cannot receive that
 * @param frame the reply in the client's version of the protocol
 */
record EncodedReply(Status status, SocketFrame frame) {

	private static final SocketPayload NO_BINARY = SocketReplies.json("{\"reason\":\"binary response\"}");

	static EncodedReply of(JoinedChannel channel, ChannelSocket socket, JsonNode joinRef, SocketMessage message,
			ImmediateReply reply) {
		SocketPayload response = socket.context().encode(reply.response());
		boolean takes = channel.takes(response, "a reply");
		Status status = takes ? new Status(Objects.requireNonNull(reply.status())) : Status.ERROR;
		return new EncodedReply(status, socket.replies().frame(joinRef, message, status, takes ? response : NO_BINARY));
	}

}
