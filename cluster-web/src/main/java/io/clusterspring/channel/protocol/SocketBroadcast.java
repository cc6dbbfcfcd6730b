package io.clusterspring.channel.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A push to every member of a topic: Phoenix's {@code Phoenix.Socket.Broadcast}. It has
 * no references of a client, so all members get the same bytes.
 *
 * @param ref the position of the message, if the topic has a history, which is sent in
 * place of a reference; a binary message has no place for it
 */
public record SocketBroadcast(String topic, String event, SocketPayload payload, @Nullable String ref) {

	/** Create a broadcast without a position. */
	public SocketBroadcast(String topic, String event, SocketPayload payload) {
		this(topic, event, payload, null);
	}

}
