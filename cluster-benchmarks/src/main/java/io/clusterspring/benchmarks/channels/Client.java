package io.clusterspring.benchmarks.channels;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

import io.clusterspring.benchmarks.ClientFrames;
import io.clusterspring.benchmarks.Text;

/**
 * One client of a room with as little work as possible: it counts frames without decoding
 * them. Not thread-safe.
 */
final class Client {

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

	void connected(SelectionKey key) throws IOException {
		this.channel.finishConnect();
		key.interestOps(SelectionKey.OP_READ);
		ClientFrames.upgrade(this.channel);
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
			int end = Text.END_OF_HEADERS.after(this.buffer, from, this.filled);
			if (end < 0) {
				return from;
			}
			this.state = State.JOINING;
			send("[\"1\",\"1\",\"" + this.room + "\",\"phx_join\",{\"user\":\"load\"}]");
			return end;
		}
		int header = (this.filled - from < 2) ? Integer.MAX_VALUE
				: (this.buffer[from + 1] < ClientFrames.TWO_BYTES) ? 2 : 4;
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
		if (first != ClientFrames.TEXT) {
			throw new IOException("The server has sent a frame that begins with " + first);
		}
		if (this.state == State.JOINED) {
			this.clients.workload().heard(this, this.buffer, from, to);
		}
		else if (Text.OK.in(this.buffer, from, to)) {
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
		ClientFrames.write(this.channel, ClientFrames.text(text));
	}

	private enum State {

		CONNECTING, JOINING, JOINED

	}

}
