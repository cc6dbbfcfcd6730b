package io.clusterspring.pubsub;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * The wire format of topics, version 1.
 *
 * <pre>
 * byte    version (1)
 * byte    payload kind (0 bytes, 1 text, 2 JSON); bit 7: an event follows the topic
 * short   length of the topic, unsigned, then the topic in UTF-8
 * [short  length of the event, unsigned, then the event in UTF-8]
 * bytes   the payload, to the end of the frame
 * </pre>
 */
final class FrameCodec {

	private static final byte VERSION = 1;

	private static final int EVENT = 0x80;

	private static final int MAX_STRING = 0xFFFF;

	private static final PayloadKind[] KINDS = PayloadKind.values();

	private FrameCodec() {
	}

	static byte[] encode(String topic, @Nullable String event, PayloadKind kind, byte[] payload) {
		byte[] topicBytes = utf8("Topic", topic);
		byte[] eventBytes = (event != null) ? utf8("Event", event) : null;
		int eventLength = (eventBytes != null) ? 2 + eventBytes.length : 0;
		ByteBuffer frame = ByteBuffer.allocate(4 + topicBytes.length + eventLength + payload.length);
		frame.put(VERSION).put((byte) (kind.ordinal() | ((eventBytes != null) ? EVENT : 0)));
		frame.putShort((short) topicBytes.length).put(topicBytes);
		if (eventBytes != null) {
			frame.putShort((short) eventBytes.length).put(eventBytes);
		}
		return frame.put(payload).array();
	}

	/**
	 * Read a frame.
	 * @param frame the frame; its content is shared, not copied
	 * @return the frame's parts
	 * @throws IllegalArgumentException if it is not a frame of this version
	 */
	static TopicFrame decode(ByteBuffer frame) {
		ByteBuffer in = frame.duplicate();
		try {
			byte version = in.get();
			Assert.isTrue(version == VERSION, () -> "Unknown frame version " + version);
			int flags = in.get();
			int kind = flags & ~EVENT & 0xFF;
			Assert.isTrue(kind < KINDS.length, () -> "Unknown payload kind " + kind);
			String topic = string(in);
			String event = ((flags & EVENT) != 0) ? string(in) : null;
			return new TopicFrame(topic, event, KINDS[kind], in.slice());
		}
		catch (BufferUnderflowException | IndexOutOfBoundsException ex) {
			throw new IllegalArgumentException("Truncated frame", ex);
		}
	}

	private static byte[] utf8(String what, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		Assert.isTrue(bytes.length > 0, () -> what + " must not be empty");
		Assert.isTrue(bytes.length <= MAX_STRING, () -> what + " is longer than " + MAX_STRING + " bytes");
		return bytes;
	}

	private static String string(ByteBuffer in) {
		int length = in.getShort() & MAX_STRING;
		String text = StandardCharsets.UTF_8.decode(in.slice(in.position(), length)).toString();
		in.position(in.position() + length);
		return text;
	}

}
