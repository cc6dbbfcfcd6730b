package io.clusterspring.channel.protocol;

/**
 * A push to every member of a topic: Phoenix's {@code Phoenix.Socket.Broadcast}. It has
 * no references, so all members get the same bytes.
 */
public record SocketBroadcast(String topic, String event, SocketPayload payload) {
}
