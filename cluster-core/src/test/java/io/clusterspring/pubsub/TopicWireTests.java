package io.clusterspring.pubsub;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.RecordedFrames;

/**
 * Tests that frames of topics are those of release 0.1.0.
 */
class TopicWireTests {

	@Test
	void framesAreThoseOfTheFirstRelease() {
		Map<String, TopicFrame> frames = new LinkedHashMap<>();
		frames.put("bytes", frame("a:b", null, PayloadKind.BYTES, Map.of(), "\0\1"));
		frames.put("text", frame("räume:große Halle", null, PayloadKind.TEXT, Map.of(), "späße 🎈"));
		frames.put("json", frame("t", null, PayloadKind.JSON, Map.of(), "{\"a\":1}"));
		frames.put("empty", frame("t", null, PayloadKind.BYTES, Map.of(), ""));
		frames.put("event", frame("room:1", "new_msg", PayloadKind.JSON, Map.of(), "{}"));
		frames.put("headers", frame("room:1", null, PayloadKind.TEXT, Map.of("traceparent", "00-abc"), "x"));
		frames.put("event-headers", frame("room:1", "é", PayloadKind.BYTES, Map.of("é", ""), "x"));
		frames.put("long-topic", frame("t".repeat(200), null, PayloadKind.TEXT, Map.of(), "x"));
		RecordedFrames.check(FrameKind.TOPIC, frames, TopicWireTests::write, FrameCodec::decode);
	}

	private static TopicFrame frame(String topic, String event, PayloadKind kind, Map<String, String> headers,
			String payload) {
		return new TopicFrame(topic, event, kind, headers, ByteBuffer.wrap(payload.getBytes()));
	}

	private static byte[] write(TopicFrame frame) {
		byte[] payload = new byte[frame.payload().remaining()];
		frame.payload().duplicate().get(payload);
		return FrameCodec.encode(frame.topic(), frame.event(), frame.kind(), frame.headers(), payload);
	}

}
