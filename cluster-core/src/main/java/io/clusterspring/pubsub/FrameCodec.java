package io.clusterspring.pubsub;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.text.Utf8;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;
import io.clusterspring.wire.MalformedFrameException;

/**
 * The wire format of messages on topics, version 1. The table shows the body, after the
 * header that all frames have.
 *
 * <pre>
 * byte    payload kind (0 bytes, 1 text, 2 JSON); bit 7: an event follows the topic;
 *         bit 6: headers follow that
 * text    topic
 * [text   event]
 * [list   headers: name and value, both texts]
 * bytes   the payload, to the end of the frame
 * </pre>
 */
final class FrameCodec {

	private static final int EVENT = 0x80;

	private static final int HEADERS = 0x40;

	private static final int MAX_HEADERS = 0xFF;

	private static final int MAX_STRING = 0xFFFF;

	private static final PayloadKind[] KINDS = PayloadKind.values();

	private FrameCodec() {
	}

	static byte[] encode(String topic, @Nullable String event, PayloadKind kind, Map<String, String> headers,
			byte[] payload) {
		byte[] topicBytes = utf8("Topic", topic);
		byte[] eventBytes = (event != null) ? utf8("Event", event) : null;
		int flags = ((eventBytes != null) ? EVENT : 0) | ((headers.isEmpty()) ? 0 : HEADERS);
		int size = 1 + FrameWriter.sizeOf(topicBytes.length) + payload.length
				+ ((eventBytes != null) ? FrameWriter.sizeOf(eventBytes.length) : 0);
		FrameWriter out = new FrameWriter(FrameKind.TOPIC, size).octet(kind.ordinal() | flags).bytes(topicBytes);
		if (eventBytes != null) {
			out.bytes(eventBytes);
		}
		if (!headers.isEmpty()) {
			write(headers, out);
		}
		return out.rest(payload).frame();
	}

	private static void write(Map<String, String> headers, FrameWriter out) {
		Assert.isTrue(headers.size() <= MAX_HEADERS, "Too many headers");
		out.all(headers.entrySet(), (to, header) -> to.bytes(header(header.getKey())).bytes(header(header.getValue())));
	}

	private static byte[] header(String text) {
		byte[] bytes = Utf8.encode("Header", text);
		Assert.isTrue(bytes.length <= MAX_STRING, "A header is too long");
		return bytes;
	}

	private static byte[] utf8(String what, String text) {
		byte[] bytes = Utf8.encode(what, text);
		Assert.isTrue(bytes.length > 0, () -> what + " must not be empty");
		Assert.isTrue(bytes.length <= MAX_STRING, () -> what + " is longer than " + MAX_STRING + " bytes");
		return bytes;
	}

	/**
	 * Read a frame.
	 * @param body the frame without its header; its content is shared, not copied
	 * @return the parts of the frame
	 * @throws MalformedFrameException if the frame cannot be read
	 */
	static TopicFrame decode(ByteBuffer body) {
		return FrameReader.read(body, FrameCodec::read);
	}

	private static TopicFrame read(FrameReader in) {
		int flags = in.octet();
		int kind = flags & ~(EVENT | HEADERS);
		if (kind >= KINDS.length) {
			throw FrameReader.unknown(kind);
		}
		boolean named = (flags & EVENT) != 0;
		// both names go to clients, with one byte for each length
		int most = (named) ? Broadcast.MAX_NAME : MAX_STRING;
		String topic = in.text(most);
		String event = (named) ? in.text(most) : null;
		Map<String, String> headers = ((flags & HEADERS) != 0) ? headers(in) : Map.of();
		return new TopicFrame(topic, event, KINDS[kind], headers, in.sharedRest());
	}

	private static Map<String, String> headers(FrameReader in) {
		Map<String, String> headers = new LinkedHashMap<>();
		in.all((from) -> Map.entry(from.text(MAX_STRING), from.text(MAX_STRING)))
			.forEach((header) -> headers.put(header.getKey(), header.getValue()));
		return Collections.unmodifiableMap(headers);
	}

}
