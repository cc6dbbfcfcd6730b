package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;

/**
 * A decoded frame of this server: final and unmasked (RFC 6455, section 5.2).
 *
 * @param opcode the opcode
 * @param payload the payload, a view of the encoded bytes
 */
record WireFrame(int opcode, ByteBuffer payload) {

	static final int TEXT = 1;

	static final int CLOSE = 8;

	/**
	 * Read the next frame.
	 * @param wire whole frames; its position is moved behind the first one
	 * @return the frame
	 */
	static WireFrame next(ByteBuffer wire) {
		int opcode = wire.get() & 0x0F;
		int length = wire.get();
		length = (length == 126) ? wire.getShort() & 0xFFFF : (length == 127) ? (int) wire.getLong() : length;
		ByteBuffer payload = wire.slice(wire.position(), length);
		wire.position(wire.position() + length);
		return new WireFrame(opcode, payload);
	}

	static boolean isClose(ByteBuffer wire) {
		return (wire.get(wire.position()) & 0x0F) == CLOSE;
	}

	/**
	 * Return the close code of a close frame.
	 * @return the close code
	 */
	int closeCode() {
		return this.payload.getShort(0) & 0xFFFF;
	}

}
