package io.clusterspring.test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.text.Utf8;

/**
 * Encodes and decodes version 2 of the protocol, on the side of the client.
 */
final class TestFrames {

	private static final int PUSH = 0;

	private static final int REPLY = 1;

	private static final int MAX_STRING = 0xFF;

	private final JsonMapper mapper = JsonMapper.shared();

	private final PayloadCodec codec;

	TestFrames(PayloadCodec codec) {
		this.codec = codec;
	}

	ByteBuffer text(String joinRef, String ref, String topic, String event, Object payload) {
		String head = this.mapper.writeValueAsString(new String[] { joinRef, ref, topic, event });
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(Utf8.encode("Text", head.substring(0, head.length() - 1)));
		out.write(',');
		out.writeBytes(this.codec.encode(payload));
		out.write(']');
		return ByteBuffer.wrap(out.toByteArray());
	}

	ByteBuffer binary(String joinRef, String ref, String topic, String event, byte[] payload) {
		ByteArrayOutputStream strings = new ByteArrayOutputStream();
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(PUSH);
		for (String string : new String[] { joinRef, ref, topic, event }) {
			byte[] bytes = Utf8.encode("Text", string);
			Assert.isTrue(bytes.length <= MAX_STRING, () -> "'" + string + "' is too long for a binary message");
			out.write(bytes.length);
			strings.writeBytes(bytes);
		}
		out.writeBytes(strings.toByteArray());
		out.writeBytes(payload);
		return ByteBuffer.wrap(out.toByteArray());
	}

	TestMessage read(String text) {
		JsonNode message = this.mapper.readTree(text);
		String event = message.get(3).stringValue();
		JsonNode payload = message.get(4);
		boolean reply = event.equals("phx_reply");
		JsonNode content = reply ? payload.get("response") : payload;
		return new TestMessage(string(message.get(0)), string(message.get(1)), message.get(2).stringValue(), event,
				reply ? payload.get("status").stringValue() : null,
				Utf8.encode("Text", this.mapper.writeValueAsString(content)), false, this.codec);
	}

	TestMessage readBinary(ByteBuffer in) {
		int kind = in.get();
		byte[] lengths = new byte[(kind == PUSH) ? 3 : (kind == REPLY) ? 4 : 2];
		in.get(lengths);
		String joinRef = (kind <= REPLY) ? string(in, lengths[0]) : null;
		String ref = (kind == REPLY) ? string(in, lengths[1]) : null;
		String topic = string(in, lengths[lengths.length - 2]);
		String last = string(in, lengths[lengths.length - 1]);
		byte[] payload = new byte[in.remaining()];
		in.get(payload);
		return new TestMessage(joinRef, ref, topic, (kind == REPLY) ? "phx_reply" : last, (kind == REPLY) ? last : null,
				payload, true, this.codec);
	}

	private static @Nullable String string(JsonNode node) {
		return node.isNull() ? null : node.stringValue();
	}

	private static String string(ByteBuffer in, byte length) {
		byte[] bytes = new byte[length & MAX_STRING];
		in.get(bytes);
		return Utf8.decode(bytes);
	}

}
