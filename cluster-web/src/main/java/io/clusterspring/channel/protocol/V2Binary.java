package io.clusterspring.channel.protocol;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

import org.springframework.util.Assert;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

import io.clusterspring.text.LogText;
import io.clusterspring.text.Utf8;

/**
 * The binary messages of version 2.0.0. A message consists of the kind, the lengths of
 * its strings in one byte each, the strings in UTF-8, and the payload up to the end of
 * the message.
 *
 * <pre>
 * client's push  0  join_ref ref topic event
 * server's push  0  join_ref topic event
 * reply          1  join_ref ref topic status
 * broadcast      2  topic event
 * </pre>
 *
 * A missing reference is an empty string.
 */
final class V2Binary {

	private static final byte PUSH = 0;

	private static final byte REPLY = 1;

	private static final byte BROADCAST = 2;

	private static final int MAX_STRING = 0xFF;

	private V2Binary() {
	}

	static SocketMessage decode(ByteBuffer bytes) {
		ByteBuffer in = bytes.slice();
		try {
			JsonSlices.require(in.get() == PUSH, "Message is of an unknown kind");
			int[] lengths = { in.get() & MAX_STRING, in.get() & MAX_STRING, in.get() & MAX_STRING,
					in.get() & MAX_STRING };
			return new SocketMessage(string(in, lengths[0]), string(in, lengths[1]), string(in, lengths[2]),
					string(in, lengths[3]), SocketPayload.binary(in.slice()));
		}
		catch (BufferUnderflowException | IndexOutOfBoundsException ex) {
			throw new MalformedMessageException("Message breaks off", ex);
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedMessageException("Message has a string that is not UTF-8", ex);
		}
	}

	/** Read a message of the server, without its references. */
	static SocketMessage decodeSent(ByteBuffer bytes) {
		ByteBuffer in = bytes.slice();
		try {
			byte kind = in.get();
			JsonSlices.require(kind >= PUSH && kind <= BROADCAST, "Message is of an unknown kind");
			int[] lengths = new int[(kind == REPLY) ? 4 : (kind == PUSH) ? 3 : 2];
			for (int i = 0; i < lengths.length; i++) {
				lengths[i] = in.get() & MAX_STRING;
			}
			JsonNode topic = NullNode.instance;
			JsonNode event = NullNode.instance;
			for (int length : lengths) {
				topic = event;
				event = string(in, length);
			}
			return new SocketMessage(NullNode.instance, NullNode.instance, topic,
					(kind == REPLY) ? V2JsonSerializer.REPLY : event, SocketPayload.binary(in.slice()));
		}
		catch (BufferUnderflowException | IndexOutOfBoundsException ex) {
			throw new MalformedMessageException("Message breaks off", ex);
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedMessageException("Message has a string that is not UTF-8", ex);
		}
	}

	private static JsonNode string(ByteBuffer in, int length) {
		return StringNode.valueOf(Utf8.decode(in, length));
	}

	static SocketFrame encode(SocketMessage message) {
		return frame(PUSH, message.payload(), text(message.joinRef()), text(message.topic()), text(message.event()));
	}

	static SocketFrame encode(SocketReply reply) {
		return frame(REPLY, reply.response(), text(reply.joinRef()), text(reply.ref()), text(reply.topic()),
				reply.status().text());
	}

	static SocketFrame encode(SocketBroadcast broadcast) {
		return frame(BROADCAST, broadcast.payload(), broadcast.topic(), broadcast.event());
	}

	private static String text(JsonNode value) {
		return value.isString() ? value.stringValue() : value.isNull() ? "" : value.toString();
	}

	private static SocketFrame frame(byte kind, SocketPayload payload, String... strings) {
		byte[][] utf8 = new byte[strings.length][];
		int size = 1 + strings.length + payload.content().remaining();
		for (int i = 0; i < strings.length; i++) {
			String text = strings[i];
			utf8[i] = Utf8.encode("Text", text);
			Assert.isTrue(utf8[i].length <= MAX_STRING, () -> "'" + LogText.of(text)
					+ "' is too long to go with a binary payload: it has more than 255 bytes");
			size += utf8[i].length;
		}
		ByteBuffer out = ByteBuffer.allocate(size).put(kind);
		for (byte[] text : utf8) {
			out.put((byte) text.length);
		}
		for (byte[] text : utf8) {
			out.put(text);
		}
		return SocketFrame.binary(out.put(payload.content().duplicate()).array());
	}

}
