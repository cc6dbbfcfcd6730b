package io.clusterspring.benchmarks.stomp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import io.clusterspring.benchmarks.Latencies;

/**
 * A STOMP client over WebSocket with as little work as possible, because it shares the
 * processors with the servers.
 */
final class ClientSocket implements AutoCloseable {

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

	private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

	private static final int CLOSE = 8;

	private final SocketChannel channel;

	private final Room room;

	private final int size;

	private @Nullable ByteBuffer rest;

	private ClientSocket(SocketChannel channel, Room room, int size) {
		this.channel = channel;
		this.room = room;
		this.size = size;
	}

	/**
	 * Connect to a node, and wait for its answer.
	 * @param port the port of the node
	 * @param room the room of the client
	 * @param size the size of message bodies in bytes
	 * @return the client
	 */
	static ClientSocket connect(int port, Room room, int size) throws IOException {
		SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		channel.socket().setTcpNoDelay(true);
		channel.write(ByteBuffer.wrap(("""
				GET /ws HTTP/1.1\r
				Host: localhost:%d\r
				Upgrade: websocket\r
				Connection: Upgrade\r
				Sec-WebSocket-Key: c3RvbXAgYmVuY2htYXJrIQ==\r
				Sec-WebSocket-Version: 13\r
				Sec-WebSocket-Protocol: v12.stomp\r
				\r
				""").formatted(port).getBytes(StandardCharsets.US_ASCII)));
		await(channel, "\r\n\r\n", " 101 ");
		channel.write(StompFrames.connect());
		await(channel, "\0", "CONNECTED");
		channel.configureBlocking(false);
		return new ClientSocket(channel, room, size);
	}

	private static void await(SocketChannel channel, String end, String expected) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(4096);
		StringBuilder text = new StringBuilder();
		while (text.indexOf(end) < 0) {
			if (channel.read(buffer.clear()) < 0) {
				throw new IOException("A node has closed a connection after: " + text);
			}
			text.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
		}
		if (text.indexOf(expected) < 0) {
			throw new IOException("A node does not answer with '" + expected + "' but: " + text);
		}
	}

	void write(ByteBuffer frame) throws IOException {
		long end = System.nanoTime() + PATIENCE_NANOS;
		while (frame.hasRemaining()) {
			if (this.channel.write(frame) == 0) {
				LockSupport.parkNanos(PAUSE_NANOS);
			}
			if (System.nanoTime() - end > 0) {
				throw new IOException("A node does not read from a client");
			}
		}
	}

	SocketChannel channel() {
		return this.channel;
	}

	/**
	 * Read the available data.
	 * @param buffer the buffer to read into
	 * @param run the run whose messages count
	 * @param latencies collects the latencies of messages
	 */
	void read(ByteBuffer buffer, int run, Latencies latencies) throws IOException {
		buffer.clear();
		if (this.rest != null) {
			buffer.put(this.rest);
			this.rest = null;
		}
		if (this.channel.read(buffer) < 0) {
			throw new IOException("A node has closed the connection of a client");
		}
		buffer.flip();
		long now = System.nanoTime();
		for (int length = frame(buffer); length >= 0; length = frame(buffer)) {
			hear(buffer, length, run, now, latencies);
			buffer.position(buffer.position() + length);
		}
		if (buffer.hasRemaining()) {
			this.rest = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
		}
	}

	private void hear(ByteBuffer buffer, int length, int run, long now, Latencies latencies) {
		int body = buffer.position() + length - 1 - this.size;
		if (length > this.size && buffer.get(buffer.position()) == 'M' && StompFrames.run(buffer, body) == run) {
			latencies.add(now - StompFrames.time(buffer, body));
			this.room.received();
		}
	}

	// moves to the payload of the next frame, if the frame is complete
	private static int frame(ByteBuffer buffer) throws IOException {
		int start = buffer.position();
		if (buffer.remaining() >= 2 && (buffer.get(start) & 0xF) == CLOSE) {
			throw new IOException("A node closes the session of a client");
		}
		int length = (buffer.remaining() < 2) ? 0 : buffer.get(start + 1) & 0x7F;
		int header = 2;
		if (length == 126 && buffer.remaining() >= 4) {
			length = buffer.getShort(start + 2) & 0xFFFF;
			header = 4;
		}
		if (buffer.remaining() < 2 || (length == 126 && header == 2) || buffer.remaining() < header + length) {
			return -1;
		}
		buffer.position(start + header);
		return length;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
