package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;

import tools.jackson.databind.JsonNode;

/**
 * A message from a client, or a push to it: Phoenix's {@code Phoenix.Socket.Message}.
 * References, topic and event are kept as the JSON values that the client sent, because
 * they are echoed unchanged: a number stays a number.
 *
 * @param joinRef the reference of the join that the message belongs to, or JSON's
 * {@code null}
 * @param ref the reference of the message, or JSON's {@code null}
 * @param topic the topic, a string in all but broken clients
 * @param event the event, a string in all but broken clients
 */
public record SocketMessage(JsonNode joinRef, JsonNode ref, JsonNode topic, JsonNode event, SocketPayload payload) {

	private static final SocketPayload NOTHING = SocketPayload.json(ByteBuffer.allocate(0).asReadOnlyBuffer());

	/**
	 * Return the message without its payload, to keep until it is answered.
	 * @return the message with an empty payload
	 */
	public SocketMessage withoutPayload() {
		return new SocketMessage(this.joinRef, this.ref, this.topic, this.event, NOTHING);
	}

}
