package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;

/**
 * A push to every member of a topic: Phoenix's {@code Phoenix.Socket.Broadcast}. It
 * carries no references, so that all members get the same bytes.
 *
 * @param topic the topic
 * @param event the event
 * @param payload the payload as JSON in UTF-8
 */
public record SocketBroadcast(String topic, String event, ByteBuffer payload) {
}
