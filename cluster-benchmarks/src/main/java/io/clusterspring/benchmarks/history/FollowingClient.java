package io.clusterspring.benchmarks.history;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.clusterspring.benchmarks.ClientFrames;
import io.clusterspring.benchmarks.Text;

/**
 * One client of a room, which follows its history: it keeps its position, and comes back
 * with it. It reads no more of a frame than it needs. Not thread-safe.
 */
final class FollowingClient {

	// [null,"origin:number", as each broadcast of a topic with history begins
	private static final int REF = "[null,\"".length();

	private static final byte[] NOTHING = {};

	private final FollowingClients all;

	private final ClientRoom room;

	private final boolean follows;

	private final Seen seen = new Seen();

	private int node;

	private @Nullable SocketChannel channel;

	private byte[] rest = NOTHING;

	private Phase phase = Phase.CONNECTING;

	private int tries;

	private boolean returning;

	private long joined;

	private long contact;

	FollowingClient(FollowingClients all, ClientRoom room, int node, boolean follows) {
		this.all = all;
		this.room = room;
		this.node = node;
		this.follows = follows;
	}

	int node() {
		return this.node;
	}

	void use(int node) {
		this.node = node;
	}

	ClientRoom room() {
		return this.room;
	}

	Seen seen() {
		return this.seen;
	}

	boolean isLive() {
		return this.phase == Phase.LIVE;
	}

	void connect(Selector selector, int port) throws IOException {
		SocketChannel opened = SocketChannel.open();
		this.channel = opened;
		this.phase = Phase.CONNECTING;
		opened.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
		opened.register(selector, SelectionKey.OP_CONNECT, this);
		opened.connect(new InetSocketAddress("127.0.0.1", port));
	}

	void connected(SelectionKey key) throws IOException {
		SocketChannel open = (SocketChannel) key.channel();
		open.finishConnect();
		key.interestOps(SelectionKey.OP_READ);
		this.phase = Phase.UPGRADING;
		if (this.returning) {
			this.all.connected();
		}
		ClientFrames.upgrade(open);
	}

	/**
	 * Forget the connection.
	 * @return for how long to wait before the next, as phoenix.js does
	 */
	long disconnected() throws IOException {
		if (this.phase == Phase.LIVE) {
			this.tries = 0;
			this.returning = true;
		}
		close();
		this.phase = Phase.CONNECTING;
		this.rest = NOTHING;
		int[] pauses = { 10, 50, 100, 150, 200, 250, 500, 1000, 2000 };
		int pause = (this.tries < pauses.length) ? pauses[this.tries] : 5000;
		this.tries++;
		return TimeUnit.MILLISECONDS.toNanos(pause);
	}

	void readable(ByteBuffer scratch) throws IOException {
		scratch.clear().put(this.rest);
		SocketChannel open = this.channel;
		if (open == null || open.read(scratch) < 0) {
			throw new EOFException("The server has closed a connection");
		}
		byte[] bytes = scratch.array();
		int filled = scratch.position();
		int taken = 0;
		int next = take(bytes, 0, filled);
		while (next > taken) {
			taken = next;
			next = take(bytes, taken, filled);
		}
		this.rest = (taken == filled) ? NOTHING : Arrays.copyOfRange(bytes, taken, filled);
	}

	private int take(byte[] bytes, int from, int filled) throws IOException {
		if (this.phase == Phase.UPGRADING) {
			int end = Text.END_OF_HEADERS.after(bytes, from, filled);
			if (end < 0) {
				return from;
			}
			join();
			return end;
		}
		if (filled - from < 4) {
			return from;
		}
		int length = bytes[from + 1];
		int header = 2;
		if (length == ClientFrames.TWO_BYTES) {
			length = (bytes[from + 2] & 0xFF) << 8 | bytes[from + 3] & 0xFF;
			header = 4;
		}
		int end = from + header + length;
		if (length < 0 || length > 0xFFFF || end > filled) {
			return from;
		}
		heard(bytes, bytes[from] & 0xFF, from + header, end);
		return end;
	}

	private void join() throws IOException {
		this.phase = Phase.JOINING;
		this.joined = System.nanoTime();
		long away = TimeUnit.NANOSECONDS.toMillis(this.joined - this.contact);
		String history = (this.returning)
				? "\"$history\":{\"position\":\"" + this.seen.position() + "\",\"away\":" + away + "}"
				: "\"$history\":{}";
		send("[\"1\",\"1\",\"" + this.room.topic() + "\",\"phx_join\",{" + (this.follows ? history : "") + "}]");
	}

	private void heard(byte[] bytes, int first, int from, int to) throws IOException {
		if (first != ClientFrames.TEXT) {
			throw new EOFException("The server has sent a frame that begins with " + first);
		}
		this.contact = this.all.now();
		if (Seen.isPosition(bytes, from + REF - 1)) {
			this.seen.message(bytes, from + REF);
			delivered(bytes, from, to);
		}
		else if (this.follows && Text.HISTORY.in(bytes, from, Math.min(to, from + 100))) {
			told(bytes, from, to);
		}
		else if (bytes[from + 1] == 'n' && Text.SENT.in(bytes, from, to)) {
			delivered(bytes, from, to);
		}
		else if (this.phase == Phase.JOINING && Text.REPLY.in(bytes, from, to)) {
			replied(Text.OK.in(bytes, from, to));
		}
	}

	private void delivered(byte[] bytes, int from, int to) throws IOException {
		int sent = Text.SENT.after(bytes, from, to);
		this.all.delivered(this, to - from, Text.number(bytes, sent, to));
	}

	private void replied(boolean ok) throws IOException {
		if (!ok) {
			throw new EOFException("A join was refused");
		}
		this.phase = this.follows ? Phase.CATCHING_UP : Phase.LIVE;
		if (!this.follows) {
			this.all.live();
		}
	}

	// the event $history: an answer, or a position only
	private void told(byte[] bytes, int from, int to) {
		int position = Text.POSITION.after(bytes, from, to);
		int end = Text.quote(bytes, position, to);
		int recovered = Text.RECOVERED.after(bytes, from, to);
		if (recovered < 0) {
			this.seen.message(bytes, position);
			return;
		}
		if (bytes[recovered] == 't') {
			this.seen.recovered(bytes, position, end);
		}
		else {
			this.seen.replace(bytes, position, end);
		}
		int reason = Text.REASON.after(bytes, from, to);
		String lost = (reason < 0) ? null
				: new String(bytes, reason, Text.quote(bytes, reason, to) - reason, StandardCharsets.US_ASCII);
		if (this.phase == Phase.LIVE) {
			this.all.gap();
			return;
		}
		this.phase = Phase.LIVE;
		if (this.returning) {
			this.all.returned(this.joined, lost);
		}
		this.returning = false;
		this.all.live();
	}

	// sends an event to the room, with the time and some padding
	void push() throws IOException {
		send("[\"1\",\"2\",\"" + this.room.topic() + "\",\"new_msg\",{\"sent\":" + System.nanoTime() + ",\"pad\":\""
				+ "x".repeat(64) + "\"}]");
	}

	void heartbeat() throws IOException {
		send("[null,\"0\",\"phoenix\",\"heartbeat\",{}]");
	}

	private void send(String text) throws IOException {
		SocketChannel open = this.channel;
		if (open != null) {
			ClientFrames.write(open, ClientFrames.text(text));
		}
	}

	void close() throws IOException {
		SocketChannel open = this.channel;
		if (open != null) {
			open.close();
		}
		this.channel = null;
	}

	private enum Phase {

		CONNECTING, UPGRADING, JOINING, CATCHING_UP, LIVE

	}

}
