package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.text.Utf8;

/**
 * One or more messages that are written to a client at once. Each message is text or
 * binary. A frame is immutable and shared by all sockets that send it; it is encoded at
 * most once.
 */
public final class SocketFrame {

	private static final int TEXT_FINAL = 0x81;

	private static final int BINARY_FINAL = 0x82;

	private final List<Message> messages;

	private volatile @Nullable ByteBuffer wire;

	private SocketFrame(List<Message> messages) {
		this.messages = messages;
	}

	/**
	 * Create a frame of one text message.
	 * @param text the message in UTF-8; must not be changed afterwards
	 */
	public static SocketFrame of(byte[] text) {
		return new SocketFrame(List.of(new Message(text, false)));
	}

	/**
	 * Create a frame of one binary message.
	 * @param bytes the message; must not be changed afterwards
	 */
	public static SocketFrame binary(byte[] bytes) {
		return new SocketFrame(List.of(new Message(bytes, true)));
	}

	/**
	 * Join frames into one with the same messages.
	 * @param frames the frames in their order
	 */
	public static SocketFrame join(List<SocketFrame> frames) {
		return (frames.size() == 1) ? frames.get(0)
				: new SocketFrame(frames.stream().flatMap((frame) -> frame.messages.stream()).toList());
	}

	/**
	 * Return the messages.
	 * @return a list of at least one message
	 */
	public List<Message> messages() {
		return this.messages;
	}

	/**
	 * Return the messages in the form of a WebSocket server: unmasked, unfragmented
	 * frames (RFC 6455, section 5.2), one after the other.
	 * @return a new buffer over shared content
	 */
	public ByteBuffer wire() {
		ByteBuffer wire = this.wire;
		if (wire == null) {
			wire = encode().asReadOnlyBuffer();
			this.wire = wire;
		}
		return wire.duplicate();
	}

	/**
	 * Return the size of the frame on a WebSocket.
	 * @return the number of bytes
	 */
	public int size() {
		int size = 0;
		for (Message message : this.messages) {
			size += headerLength(message.content.length) + message.content.length;
		}
		return size;
	}

	private ByteBuffer encode() {
		ByteBuffer wire = ByteBuffer.allocate(size());
		for (Message message : this.messages) {
			wire.put((byte) (message.binary ? BINARY_FINAL : TEXT_FINAL));
			putLength(wire, message.content.length);
			wire.put(message.content);
		}
		return wire.flip();
	}

	private static int headerLength(int length) {
		return (length < 126) ? 2 : (length < 0x10000) ? 4 : 10;
	}

	private static void putLength(ByteBuffer wire, int length) {
		switch (headerLength(length)) {
			case 2 -> wire.put((byte) length);
			case 4 -> wire.put((byte) 126).putShort((short) length);
			default -> wire.put((byte) 127).putLong(length);
		}
	}

	/** One message. */
	public static final class Message {

		private final byte[] content;

		private final boolean binary;

		private volatile @Nullable String text;

		private Message(byte[] content, boolean binary) {
			this.content = content;
			this.binary = binary;
		}

		/**
		 * Return whether the message is binary.
		 * @return {@code false} if it is text
		 */
		public boolean isBinary() {
			return this.binary;
		}

		/** Return the content of a text message. */
		public String text() {
			String text = this.text;
			if (text == null) {
				text = Utf8.decode(this.content);
				this.text = text;
			}
			return text;
		}

		/** Return the content, which must not be changed. */
		ByteBuffer content() {
			return ByteBuffer.wrap(this.content);
		}

		/**
		 * Return the content: text in UTF-8, or any bytes.
		 * @return a new read-only buffer
		 */
		public ByteBuffer bytes() {
			return ByteBuffer.wrap(this.content).asReadOnlyBuffer();
		}

	}

}
