package io.clusterspring.pubsub;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.text.Utf8;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.MalformedFrameException;

/**
 * The wire format of topics, version 1: what follows the header that all frames have.
 *
 * <pre>
 * byte    payload kind (0 bytes, 1 text, 2 JSON); bit 7: an event follows the topic;
 *         bit 6: headers follow that
 * short   length of the topic, unsigned, then the topic in UTF-8
 * [short  length of the event, unsigned, then the event in UTF-8]
 * [byte   number of headers, then for each its name and its value, like the topic]
 * bytes   the payload, to the end of the frame
 * </pre>
 */
final class FrameCodec {

	private static final int EVENT = 0x80;

	private static final int HEADERS = 0x40;

	private static final int MAX_HEADERS = 0xFF;

	private static final int MAX_STRING = 0xFFFF;

	private static final byte[] NOTHING = {};

	private static final PayloadKind[] KINDS = PayloadKind.values();

	private FrameCodec() {
	}

	static byte[] encode(String topic, @Nullable String event, PayloadKind kind, Map<String, String> headers,
			byte[] payload) {
		byte[] topicBytes = utf8("Topic", topic);
		byte[] eventBytes = (event != null) ? utf8("Event", event) : null;
		int eventLength = (eventBytes != null) ? 2 + eventBytes.length : 0;
		byte[] headerBytes = encode(headers);
		ByteBuffer frame = ByteBuffer
			.allocate(FrameKind.HEADER + 3 + topicBytes.length + eventLength + headerBytes.length + payload.length);
		int flags = ((eventBytes != null) ? EVENT : 0) | ((headerBytes.length > 0) ? HEADERS : 0);
		frame.put(FrameKind.TOPIC.code()).put(FrameKind.TOPIC.version()).put((byte) (kind.ordinal() | flags));
		frame.putShort((short) topicBytes.length).put(topicBytes);
		if (eventBytes != null) {
			frame.putShort((short) eventBytes.length).put(eventBytes);
		}
		return frame.put(headerBytes).put(payload).array();
	}

	private static byte[] encode(Map<String, String> headers) {
		if (headers.isEmpty()) {
			return NOTHING;
		}
		Assert.isTrue(headers.size() <= MAX_HEADERS, "Too many headers");
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(headers.size());
		headers.forEach((name, value) -> {
			write(out, Utf8.encode("Header", name));
			write(out, Utf8.encode("Header", value));
		});
		return out.toByteArray();
	}

	private static void write(ByteArrayOutputStream out, byte[] text) {
		Assert.isTrue(text.length <= MAX_STRING, "A header is too long");
		out.write(text.length >> 8);
		out.write(text.length);
		out.writeBytes(text);
	}

	/**
	 * Read a frame.
	 * @param body the frame without its header; its content is shared, not copied
	 * @return the frame's parts
	 * @throws MalformedFrameException if it is none
	 */
	static TopicFrame decode(ByteBuffer body) {
		ByteBuffer in = body.duplicate();
		try {
			int flags = in.get();
			int kind = flags & ~(EVENT | HEADERS) & 0xFF;
			if (kind >= KINDS.length) {
				throw new MalformedFrameException("its kind of payload is unknown");
			}
			int most = ((flags & EVENT) != 0) ? Broadcast.MAX_NAME : MAX_STRING;
			String topic = string(in, most);
			String event = ((flags & EVENT) != 0) ? string(in, most) : null;
			Map<String, String> headers = ((flags & HEADERS) != 0) ? headers(in) : Map.of();
			return new TopicFrame(topic, event, KINDS[kind], headers, in.slice());
		}
		catch (BufferUnderflowException ex) {
			throw new MalformedFrameException("it is cut off", ex);
		}
		catch (MalformedFrameException ex) {
			throw ex;
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedFrameException("a text is no UTF-8", ex);
		}
	}

	private static byte[] utf8(String what, String text) {
		byte[] bytes = Utf8.encode(what, text);
		Assert.isTrue(bytes.length > 0, () -> what + " must not be empty");
		Assert.isTrue(bytes.length <= MAX_STRING, () -> what + " is longer than " + MAX_STRING + " bytes");
		return bytes;
	}

	private static Map<String, String> headers(ByteBuffer in) {
		int count = in.get() & MAX_HEADERS;
		Map<String, String> headers = new LinkedHashMap<>();
		for (int i = 0; i < count; i++) {
			headers.put(string(in), string(in));
		}
		return Collections.unmodifiableMap(headers);
	}

	private static String string(ByteBuffer in) {
		return string(in, MAX_STRING);
	}

	private static String string(ByteBuffer in, int most) {
		int length = in.getShort() & MAX_STRING;
		if (length > most) {
			throw new MalformedFrameException("a name is too long for clients");
		}
		byte[] text = new byte[length];
		in.get(text);
		return Utf8.decode(text);
	}

}
