package io.clusterspring.benchmarks.channels;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Clients that are connected to both nodes in turn, all on the calling thread.
 */
final class Clients implements AutoCloseable {

	private static final int CONNECTING_AT_A_TIME = 64;

	private static final long HEARTBEAT = TimeUnit.SECONDS.toNanos(20);

	private final Selector selector = Selector.open();

	private final ByteBuffer scratch = ByteBuffer.allocateDirect(256 * 1024);

	private final List<SocketChannel> channels = new ArrayList<>();

	private final List<Client> all = new ArrayList<>();

	private Workload workload = Workload.idle();

	private int joined;

	private long beats;

	private long beatsFrom;

	Clients() throws IOException {
	}

	// connects clients, each of which joins a room
	void join(List<Integer> ports, int count, int rooms) throws IOException {
		while (this.joined < count) {
			while (this.all.size() < count && this.all.size() - this.joined < CONNECTING_AT_A_TIME) {
				int index = this.all.size();
				open(ports.get(index % ports.size()), "room:load" + index / ports.size() % rooms);
			}
			int before = this.joined;
			run(Duration.ofSeconds(20), () -> this.joined > before);
			if (this.joined == before) {
				throw new IOException("Only " + before + " clients of " + count + " have joined");
			}
		}
		this.beatsFrom = System.nanoTime();
	}

	private void open(int port, String room) throws IOException {
		SocketChannel channel = SocketChannel.open();
		this.channels.add(channel);
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
		Client client = new Client(channel, this, room);
		this.all.add(client);
		channel.register(this.selector, SelectionKey.OP_CONNECT, client);
		channel.connect(new InetSocketAddress("127.0.0.1", port));
	}

	void joined() {
		this.joined++;
	}

	List<Client> all() {
		return this.all;
	}

	Workload workload() {
		return this.workload;
	}

	void begin(Workload workload) {
		this.workload = workload;
	}

	/**
	 * Run the clients.
	 * @param time the longest time
	 * @param end a condition that ends it earlier
	 */
	void run(Duration time, BooleanSupplier end) throws IOException {
		long until = System.nanoTime() + time.toNanos();
		while (System.nanoTime() < until && !end.getAsBoolean()) {
			heartbeats();
			long pause = Math.min(this.workload.tick(), until - System.nanoTime());
			this.selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(pause)));
			for (SelectionKey key : this.selector.selectedKeys()) {
				handle(key);
			}
			this.selector.selectedKeys().clear();
		}
	}

	private void handle(SelectionKey key) throws IOException {
		Client client = (Client) key.attachment();
		if (key.isConnectable()) {
			client.connected(key);
		}
		else {
			client.readable(this.scratch);
		}
	}

	private void heartbeats() throws IOException {
		if (this.beatsFrom > 0) {
			long due = (System.nanoTime() - this.beatsFrom) * this.all.size() / HEARTBEAT;
			for (; this.beats < due; this.beats++) {
				this.all.get((int) (this.beats % this.all.size())).heartbeat();
			}
		}
	}

	@Override
	public void close() throws IOException {
		for (SocketChannel channel : this.channels) {
			channel.close();
		}
		this.selector.close();
	}

}
