package io.clusterspring.benchmarks.channels;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One client of a room with as little work as possible: it counts frames without decoding
 * them. Not thread-safe.
 */
final class Client {

	private static final int TEXT = 0x81;

	private static final int MASKED = 0x80;

	private static final int SHORT = 126;

	private final SocketChannel channel;

	private final Clients clients;

	private final String room;

	private byte[] buffer = new byte[512];

	private int filled;

	private State state = State.CONNECTING;

	Client(SocketChannel channel, Clients clients, String room) {
		this.channel = channel;
		this.clients = clients;
		this.room = room;
	}

	void connected(SelectionKey key, String host) throws IOException {
		this.channel.finishConnect();
		key.interestOps(SelectionKey.OP_READ);
		write(ByteBuffer.wrap(("GET /socket/websocket?vsn=2.0.0 HTTP/1.1\r\nHost: " + host
				+ "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII)));
	}

	void readable(ByteBuffer scratch) throws IOException {
		if (this.channel.read(scratch.clear()) < 0) {
			throw new EOFException("The server has closed a connection");
		}
		int more = scratch.flip().remaining();
		if (this.filled + more > this.buffer.length) {
			this.buffer = Arrays.copyOf(this.buffer, Math.max(2 * this.buffer.length, this.filled + more));
		}
		scratch.get(this.buffer, this.filled, more);
		this.filled += more;
		int taken = takeAll();
		this.filled -= taken;
		System.arraycopy(this.buffer, taken, this.buffer, 0, this.filled);
	}

	private int takeAll() throws IOException {
		int taken = 0;
		int next = take(0);
		while (next > taken) {
			taken = next;
			next = take(taken);
		}
		return taken;
	}

	private int take(int from) throws IOException {
		if (this.state == State.CONNECTING) {
			int end = Bytes.indexOf(this.buffer, from, this.filled, Bytes.END_OF_HEADERS);
			if (end < 0) {
				return from;
			}
			this.state = State.JOINING;
			send("[\"1\",\"1\",\"" + this.room + "\",\"phx_join\",{\"user\":\"load\"}]");
			return end + Bytes.END_OF_HEADERS.length;
		}
		int header = (this.filled - from < 2) ? Integer.MAX_VALUE : (this.buffer[from + 1] < SHORT) ? 2 : 4;
		if (this.filled - from < header) {
			return from;
		}
		int length = (header == 2) ? this.buffer[from + 1]
				: ((this.buffer[from + 2] & 0xFF) << 8) | (this.buffer[from + 3] & 0xFF);
		int end = from + header + length;
		if (end > this.filled) {
			return from;
		}
		heard(this.buffer[from] & 0xFF, from + header, end);
		return end;
	}

	private void heard(int first, int from, int to) throws IOException {
		if (first != TEXT) {
			throw new IOException("The server has sent a frame that begins with " + first);
		}
		if (this.state == State.JOINED) {
			this.clients.workload().heard(this, this.buffer, from, to);
		}
		else if (Bytes.indexOf(this.buffer, from, to, Bytes.OK) >= 0) {
			this.state = State.JOINED;
			this.clients.joined();
		}
	}

	// sends an event to the room, with the time and some padding
	void push(int ref, String event) throws IOException {
		send("[\"1\",\"" + ref + "\",\"" + this.room + "\",\"" + event + "\",{\"pad\":\"" + "x".repeat(64)
				+ "\",\"sent\":" + System.nanoTime() + "}]");
	}

	void heartbeat() throws IOException {
		send("[null,\"0\",\"phoenix\",\"heartbeat\",{}]");
	}

	private void send(String text) throws IOException {
		byte[] payload = text.getBytes(StandardCharsets.UTF_8);
		ByteBuffer frame = ByteBuffer.allocate(8 + payload.length).put((byte) TEXT);
		if (payload.length < SHORT) {
			frame.put((byte) (MASKED | payload.length));
		}
		else {
			frame.put((byte) (MASKED | SHORT)).putShort((short) payload.length);
		}
		write(frame.putInt(0).put(payload).flip());
	}

	private void write(ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			// no retry: a server must always read so little
			this.channel.write(bytes);
		}
	}

	private enum State {

		CONNECTING, JOINING, JOINED

	}

}
