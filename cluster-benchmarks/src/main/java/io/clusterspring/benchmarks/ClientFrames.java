package io.clusterspring.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The bytes that a WebSocket client sends, with as little work as possible. A client must
 * mask its frames; a mask of zeros costs nothing.
 */
public final class ClientFrames {

	/** The first byte of a frame of text. */
	public static final int TEXT = 0x81;

	/** A larger length than this, or this one, has two bytes of its own. */
	public static final int TWO_BYTES = 126;

	private static final int MASKED = 0x80;

	private ClientFrames() {
	}

	/**
	 * Ask for a channel socket.
	 * @param channel the connection
	 * @throws IOException if it is broken
	 */
	public static void upgrade(SocketChannel channel) throws IOException {
		write(channel,
				ByteBuffer.wrap(("GET /socket/websocket?vsn=2.0.0 HTTP/1.1\r\nHost: 127.0.0.1"
						+ "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
						+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII)));
	}

	/**
	 * Create a frame of text.
	 * @param text the text, of less than 64 KB
	 * @return the frame
	 */
	public static ByteBuffer text(String text) {
		byte[] payload = text.getBytes(StandardCharsets.UTF_8);
		ByteBuffer frame = ByteBuffer.allocate(8 + payload.length).put((byte) TEXT);
		if (payload.length < TWO_BYTES) {
			frame.put((byte) (MASKED | payload.length));
		}
		else {
			frame.put((byte) (MASKED | TWO_BYTES)).putShort((short) payload.length);
		}
		return frame.putInt(0).put(payload).flip();
	}

	/**
	 * Write without a pause: a server must always read so little.
	 * @param channel the connection
	 * @param bytes a few bytes
	 * @throws IOException if it is broken
	 */
	public static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			channel.write(bytes);
		}
	}

}
