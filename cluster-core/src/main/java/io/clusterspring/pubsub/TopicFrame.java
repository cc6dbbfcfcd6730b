package io.clusterspring.pubsub;

import java.nio.ByteBuffer;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A message as it is sent between nodes, see {@link FrameCodec}.
 *
 * @param event the event of a {@link Broadcast}, else {@code null}
 * @param kind how the payload is encoded
 * @param headers the headers that an observer attached
 * @param payload the encoded payload, a slice of the frame
 */
record TopicFrame(String topic, @Nullable String event, PayloadKind kind, Map<String, String> headers,
		ByteBuffer payload) {
}
