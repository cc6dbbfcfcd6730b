package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;

/**
 * A frame as this server has put it on the wire: final and unmasked (RFC 6455, section
 * 5.2).
 *
 * @param opcode what it is
 * @param payload what it holds, a view on the bytes it was read from
 */
record WireFrame(int opcode, ByteBuffer payload) {

	static final int TEXT = 1;

	static final int CLOSE = 8;

	/**
	 * Read the next frame.
	 * @param wire whole frames; moved behind the first one
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
	 * Return why a connection is closed, for a frame that does so.
	 * @return the close code
	 */
	int closeCode() {
		return this.payload.getShort(0) & 0xFFFF;
	}

}
