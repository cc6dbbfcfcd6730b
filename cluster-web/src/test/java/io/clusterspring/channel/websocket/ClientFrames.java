package io.clusterspring.channel.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Encodes WebSocket frames of a client, valid and invalid ones.
 */
final class ClientFrames {

	static final int CONTINUATION = 0;

	static final int TEXT = 1;

	static final int BINARY = 2;

	static final int CLOSE = 8;

	static final int PING = 9;

	static final int PONG = 10;

	static final int FINAL = 0x80;

	private static final int MASK = 0x37FA213D;

	private ClientFrames() {
	}

	static byte[] text(String text) {
		return frame(FINAL | TEXT, text.getBytes(StandardCharsets.UTF_8));
	}

	static byte[] frame(int first, String text) {
		return frame(first, text.getBytes(StandardCharsets.UTF_8));
	}

	static byte[] frame(int first, byte... payload) {
		return frame(first, MASK, payload);
	}

	static byte[] frame(int first, int mask, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put(header(first, payload.length)).putInt(mask);
		byte[] key = ByteBuffer.allocate(4).putInt(mask).array();
		for (int i = 0; i < payload.length; i++) {
			frame.put((byte) (payload[i] ^ key[i % 4]));
		}
		return bytes(frame);
	}

	/**
	 * Return the start of a frame, up to the mask.
	 */
	static byte[] header(int first, long length) {
		ByteBuffer header = ByteBuffer.allocate(10).put((byte) first);
		if (length >= 0 && length < 126) {
			return bytes(header.put((byte) (0x80 | length)));
		}
		if (length >= 0 && length < 0x10000) {
			return bytes(header.put((byte) (0x80 | 126)).putShort((short) length));
		}
		return bytes(header.put((byte) (0x80 | 127)).putLong(length));
	}

	static byte[] join(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

	private static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.position()];
		buffer.flip().get(bytes);
		return bytes;
	}

}
