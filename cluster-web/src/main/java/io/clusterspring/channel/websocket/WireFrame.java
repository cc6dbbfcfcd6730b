package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.text.Utf8;

/**
 * A frame of this server: final and unmasked (RFC 6455, section 5.2).
 *
 * @param payload the payload, a view of the encoded bytes
 */
record WireFrame(int opcode, ByteBuffer payload) {

	static final int TEXT = 1;

	static final int CLOSE = 8;

	private static final int PONG = 10;

	private static final int FINAL = 0x80;

	/**
	 * Read the next frame.
	 * @param wire whole frames; its position is moved behind the first one
	 */
	static WireFrame next(ByteBuffer wire) {
		int opcode = wire.get() & 0x0F;
		int length = wire.get();
		length = (length == 126) ? wire.getShort() & 0xFFFF : (length == 127) ? (int) wire.getLong() : length;
		ByteBuffer payload = wire.slice(wire.position(), length);
		wire.position(wire.position() + length);
		return new WireFrame(opcode, payload);
	}

	static ByteBuffer pong(byte[] payload) {
		return control(PONG, payload.length).put(payload).flip();
	}

	static ByteBuffer close(int code) {
		return close(code, "");
	}

	static ByteBuffer close(int code, String reason) {
		byte[] text = Utf8.encode("Reason of a close", reason);
		return control(CLOSE, Short.BYTES + text.length).putShort((short) code).put(text).flip();
	}

	private static ByteBuffer control(int opcode, int length) {
		return ByteBuffer.allocate(2 + length).put((byte) (FINAL | opcode)).put((byte) length);
	}

	static boolean isClose(ByteBuffer wire) {
		return (wire.get(wire.position()) & 0x0F) == CLOSE;
	}

	int closeCode() {
		return this.payload.getShort(0) & 0xFFFF;
	}

	/**
	 * Return the reason of a close frame.
	 * @return the reason, {@code null} if there is none
	 */
	@Nullable String closeReason() {
		ByteBuffer text = this.payload.slice(Short.BYTES, this.payload.limit() - Short.BYTES);
		return text.hasRemaining() ? Utf8.decode(text) : null;
	}

}
