package io.clusterspring.channel.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.text.Utf8;

/**
 * Parses the bytes of a client into messages (RFC 6455, section 5). Between calls it
 * keeps only the bytes of an incomplete frame and the fragments of an incomplete message.
 * Not thread-safe.
 */
final class WebSocketReader {

	private static final int CONTINUATION = 0;

	private static final int TEXT = 1;

	private static final int BINARY = 2;

	private static final int CLOSE = 8;

	private static final int PING = 9;

	private static final int PONG = 10;

	private static final int MAX_CONTROL = 125;

	private final Handler handler;

	private final int maxMessageSize;

	private @Nullable ByteBuffer unfinished;

	private @Nullable ByteArrayOutputStream fragments;

	private boolean binary;

	WebSocketReader(Handler handler, int maxMessageSize) {
		this.handler = handler;
		this.maxMessageSize = maxMessageSize;
	}

	/**
	 * Parse bytes.
	 * @param bytes the bytes; all are consumed, and the caller may reuse the buffer
	 * @throws WebSocketException if the connection must be closed
	 */
	void read(ByteBuffer bytes) throws WebSocketException {
		ByteBuffer in = (this.unfinished != null) ? append(this.unfinished, bytes) : bytes;
		boolean more = true;
		while (more) {
			in.mark();
			more = readFrame(in);
		}
		in.reset();
		this.unfinished = in.hasRemaining() ? keep(in, in != bytes) : null;
	}

	private boolean readFrame(ByteBuffer in) throws WebSocketException {
		if (in.remaining() < 2) {
			return false;
		}
		int first = in.get();
		int second = in.get();
		check((first & 0x70) == 0, "reserved bits are set");
		check((second & 0x80) != 0, "frame is not masked");
		boolean last = (first & 0x80) != 0;
		int opcode = first & 0x0F;
		long length = second & 0x7F;
		if (opcode >= CLOSE) {
			check(last && length <= MAX_CONTROL, "control frame is long or fragmented");
		}
		int extended = (length == 126) ? 2 : (length == 127) ? 8 : 0;
		if (in.remaining() < extended + 4) {
			return false;
		}
		length = (extended == 2) ? in.getShort() & 0xFFFF : (extended == 8) ? in.getLong() : length;
		limit(opcode, length);
		int mask = in.getInt();
		if (in.remaining() < length) {
			return false;
		}
		handle(opcode, last, unmask(in, (int) length, mask));
		return true;
	}

	private void limit(int opcode, long length) throws WebSocketException {
		int collected = (this.fragments != null && opcode < CLOSE) ? this.fragments.size() : 0;
		if (length < 0 || length > this.maxMessageSize - collected) {
			throw new WebSocketException(CloseCodes.TOO_BIG, "message is longer than " + this.maxMessageSize);
		}
	}

	private void handle(int opcode, boolean last, byte[] payload) throws WebSocketException {
		switch (opcode) {
			case TEXT, BINARY -> {
				check(this.fragments == null, "a message begins within a message");
				this.binary = opcode == BINARY;
				collect(last, payload);
			}
			case CONTINUATION -> {
				check(this.fragments != null, "nothing to continue");
				collect(last, payload);
			}
			case CLOSE -> close(payload);
			case PING -> this.handler.ping(payload);
			case PONG -> {
			}
			default -> throw new WebSocketException(CloseCodes.PROTOCOL_ERROR, "unknown opcode " + opcode);
		}
	}

	private void collect(boolean last, byte[] payload) throws WebSocketException {
		byte[] message = payload;
		if (this.fragments != null || !last) {
			ByteArrayOutputStream all = (this.fragments != null) ? this.fragments : new ByteArrayOutputStream();
			all.writeBytes(payload);
			this.fragments = last ? null : all;
			message = last ? all.toByteArray() : payload;
		}
		if (last && this.binary) {
			this.handler.binary(ByteBuffer.wrap(message));
		}
		else if (last) {
			if (!Utf8.isValid(message, 0)) {
				throw new WebSocketException(CloseCodes.INVALID_TEXT, "text is not UTF-8");
			}
			this.handler.text(ByteBuffer.wrap(message));
		}
	}

	private void close(byte[] payload) throws WebSocketException {
		if (payload.length > 0) {
			check(payload.length >= 2 && isCloseCode(((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF))
					&& Utf8.isValid(payload, 2), "close frame is broken");
		}
		this.handler.close();
	}

	private static boolean isCloseCode(int code) {
		return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
				|| (code >= 3000 && code <= 4999);
	}

	private static byte[] unmask(ByteBuffer in, int length, int mask) {
		byte[] payload = new byte[length];
		in.get(payload);
		for (int i = 0; i < length; i++) {
			payload[i] ^= (byte) (mask >>> (24 - 8 * (i & 3)));
		}
		return payload;
	}

	private static ByteBuffer append(ByteBuffer unfinished, ByteBuffer bytes) {
		ByteBuffer in = unfinished;
		if (in.capacity() - in.limit() < bytes.remaining()) {
			in = ByteBuffer.allocate(Math.max(2 * in.limit(), in.limit() + bytes.remaining())).put(unfinished).flip();
		}
		int position = in.position();
		in.position(in.limit()).limit(in.limit() + bytes.remaining());
		in.put(bytes).position(position);
		return in;
	}

	// a frame that arrives in many pieces is not copied for each piece
	private static ByteBuffer keep(ByteBuffer in, boolean own) {
		return (own && in.position() == 0) ? in : ByteBuffer.allocate(Math.max(64, in.remaining())).put(in).flip();
	}

	private static void check(boolean condition, String message) throws WebSocketException {
		if (!condition) {
			throw new WebSocketException(CloseCodes.PROTOCOL_ERROR, message);
		}
	}

	/** Handles the messages of a client. */
	interface Handler {

		/**
		 * Handle a text message.
		 * @param text the message in valid UTF-8; its array is not shared
		 */
		void text(ByteBuffer text);

		/**
		 * Handle a binary message.
		 * @param bytes the message; its array is not shared
		 */
		void binary(ByteBuffer bytes);

		/** Handle a ping, which must be answered with a pong of the same payload. */
		void ping(byte[] payload);

		/**
		 * Handle a close frame, which starts or confirms the close of the connection.
		 */
		void close();

	}

}
