package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;

import tools.jackson.databind.JsonNode;

/**
 * A message from a client, or a push to it: Phoenix's {@code Phoenix.Socket.Message}.
 * What a client sends as references, topic and event is kept as the JSON value it came
 * as, because it is echoed as it came: a number stays a number.
 *
 * @param joinRef the reference of the join this belongs to, or JSON's {@code null}
 * @param ref the reference of the message, or JSON's {@code null}
 * @param topic the topic, a string in all but broken clients
 * @param event the event, a string in all but broken clients
 * @param payload the payload
 */
public record SocketMessage(JsonNode joinRef, JsonNode ref, JsonNode topic, JsonNode event, SocketPayload payload) {

	private static final SocketPayload NOTHING = SocketPayload.json(ByteBuffer.allocate(0).asReadOnlyBuffer());

	/**
	 * Return what an answer needs of the message, to be kept for as long as that takes.
	 * @return the message with an empty payload
	 */
	public SocketMessage withoutPayload() {
		return new SocketMessage(this.joinRef, this.ref, this.topic, this.event, NOTHING);
	}

}
