package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What goes to a client in one write: one text message or several. It is immutable and
 * shared by all sockets it goes to, and so is each form it is asked for in, made once.
 */
public final class SocketFrame {

	private static final int TEXT_FINAL = 0x81;

	private final List<byte[]> messages;

	private volatile @Nullable ByteBuffer wire;

	private volatile @Nullable List<String> texts;

	private SocketFrame(List<byte[]> messages) {
		this.messages = messages;
	}

	/**
	 * Create a frame of one message.
	 * @param text the message in UTF-8, not to be changed afterwards
	 * @return the frame
	 */
	public static SocketFrame of(byte[] text) {
		return new SocketFrame(List.of(text));
	}

	/**
	 * Join frames into one that says the same.
	 * @param frames the frames in their order
	 * @return the joined frame
	 */
	public static SocketFrame join(List<SocketFrame> frames) {
		return (frames.size() == 1) ? frames.get(0)
				: new SocketFrame(frames.stream().flatMap((frame) -> frame.messages.stream()).toList());
	}

	/**
	 * Return the messages as text.
	 * @return a list of at least one message
	 */
	public List<String> texts() {
		List<String> texts = this.texts;
		if (texts == null) {
			texts = this.messages.stream().map((message) -> new String(message, StandardCharsets.UTF_8)).toList();
			this.texts = texts;
		}
		return texts;
	}

	/**
	 * Return the messages as a server puts them on a websocket: unmasked, unfragmented
	 * frames (RFC 6455, section 5.2), one after the other.
	 * @return a buffer of its own over shared content
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
	 * Return how many bytes the frame has on a websocket.
	 * @return the number of bytes
	 */
	public int size() {
		int size = 0;
		for (byte[] message : this.messages) {
			size += headerLength(message.length) + message.length;
		}
		return size;
	}

	private ByteBuffer encode() {
		ByteBuffer wire = ByteBuffer.allocate(size());
		for (byte[] message : this.messages) {
			putHeader(wire, message.length);
			wire.put(message);
		}
		return wire.flip();
	}

	private static int headerLength(int length) {
		return (length < 126) ? 2 : (length < 0x10000) ? 4 : 10;
	}

	private static void putHeader(ByteBuffer wire, int length) {
		wire.put((byte) TEXT_FINAL);
		switch (headerLength(length)) {
			case 2 -> wire.put((byte) length);
			case 4 -> wire.put((byte) 126).putShort((short) length);
			default -> wire.put((byte) 127).putLong(length);
		}
	}

}
