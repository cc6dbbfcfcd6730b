package io.clusterspring.pubsub;

import java.nio.ByteBuffer;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One message in the form in which it crosses nodes, see {@link FrameCodec}.
 *
 * @param topic the topic
 * @param event the event of a {@link Broadcast}, else {@code null}
 * @param kind how the payload is encoded
 * @param headers what observers attached
 * @param payload the encoded payload, a slice of the frame
 */
record TopicFrame(String topic, @Nullable String event, PayloadKind kind, Map<String, String> headers,
		ByteBuffer payload) {
}
