package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;

/**
 * Encodes control frames of a server (RFC 6455, section 5.5).
 */
final class ServerFrames {

	private static final int CLOSE = 0x88;

	private static final int PONG = 0x8A;

	private ServerFrames() {
	}

	static ByteBuffer pong(byte[] payload) {
		return ByteBuffer.allocate(2 + payload.length).put((byte) PONG).put((byte) payload.length).put(payload).flip();
	}

	static ByteBuffer close(int code) {
		return ByteBuffer.allocate(4).put((byte) CLOSE).put((byte) 2).putShort((short) code).flip();
	}

}
