package io.clusterspring.channel;

import tools.jackson.databind.JsonNode;

import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketReply.Status;

/**
 * A reply in the form in which it goes out.
 *
 * @param status whether it is {@code ok}, also for a client that cannot be told a binary
 * response
 * @param frame the reply as the client's version writes it
 */
record ChannelAnswer(Status status, SocketFrame frame) {

	private static final SocketPayload NO_BINARY = SocketReplies.json("{\"reason\":\"binary response\"}");

	static ChannelAnswer of(JoinedChannel channel, ChannelSocket socket, JsonNode joinRef, SocketMessage message,
			ImmediateReply reply) {
		SocketPayload response = OutgoingPayload.encode(reply.response(), socket.server().codec());
		boolean takes = channel.takes(response, "a reply");
		Status status = (reply.ok() && takes) ? Status.OK : Status.ERROR;
		return new ChannelAnswer(status,
				socket.replies().frame(joinRef, message, status, takes ? response : NO_BINARY));
	}

}
