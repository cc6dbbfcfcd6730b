package io.clusterspring.benchmarks.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Clients of rooms on some nodes, all on one thread. A client that loses its connection
 * comes back to another node, with its position.
 */
final class FollowingClients implements AutoCloseable {

	private static final int CONNECTING_AT_A_TIME = 64;

	private static final long HEARTBEAT = TimeUnit.SECONDS.toNanos(20);

	private static final int PATIENCE_SECONDS = 60;

	private final List<Integer> ports;

	private final Selector selector = Selector.open();

	private final ByteBuffer scratch = ByteBuffer.allocate(1024 * 1024);

	private final List<FollowingClient> all = new ArrayList<>();

	private final List<ClientRoom> rooms;

	private final Queue<Return> returns = new PriorityQueue<>(Comparator.comparing(Return::due));

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final ClientFigures figures = new ClientFigures();

	private final Thread thread = new Thread(this::loop, "clients");

	private int started;

	private int live;

	private boolean complete;

	// the node that was killed, -1 if none was
	private int killed = -1;

	private int returned;

	private long beats;

	private long beatsFrom;

	private long now;

	private volatile boolean closed;

	/**
	 * Create clients, which are spread evenly over rooms and nodes.
	 * @param ports the ports of the nodes
	 * @param count how many clients
	 * @param rooms how many rooms
	 * @param follow whether they follow the history
	 */
	FollowingClients(List<Integer> ports, int count, int rooms, boolean follow) throws IOException {
		this.ports = ports;
		this.rooms = IntStream.range(0, rooms).mapToObj((i) -> new ClientRoom("room:" + i)).toList();
		for (int i = 0; i < count; i++) {
			ClientRoom room = this.rooms.get(i / ports.size() % rooms);
			FollowingClient client = new FollowingClient(this, room, i % ports.size(), follow);
			room.members().add(client);
			this.all.add(client);
		}
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/** Run something on the thread of the clients, and wait for it. */
	<T> T call(Callable<T> task) throws IOException, InterruptedException {
		CompletableFuture<T> result = new CompletableFuture<>();
		this.tasks.add(() -> {
			try {
				result.complete(task.call());
			}
			catch (Exception ex) {
				result.completeExceptionally(ex);
			}
		});
		this.selector.wakeup();
		try {
			return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IOException("The clients have failed", ex);
		}
	}

	/** Wait until all clients have joined. */
	void join() throws IOException, InterruptedException {
		int before = -1;
		while (!call(() -> this.complete)) {
			for (int i = 0; i < PATIENCE_SECONDS * 10 && call(() -> this.live) == before; i++) {
				TimeUnit.MILLISECONDS.sleep(100);
			}
			int present = call(() -> this.live);
			if (present == before) {
				throw new IOException("Only " + present + " clients of " + this.all.size() + " have joined");
			}
			before = present;
		}
	}

	int size() {
		return this.all.size();
	}

	List<ClientRoom> rooms() {
		return this.rooms;
	}

	long unequal() {
		return this.rooms.stream().mapToLong(ClientRoom::unequal).sum();
	}

	int count(int node) {
		return (int) this.all.stream().filter((client) -> client.node() == node).count();
	}

	/** A node is about to be killed. */
	void killed(int node) {
		this.killed = node;
		this.figures.killed();
	}

	ClientFigures figures() {
		return this.figures;
	}

	long now() {
		return this.now;
	}

	private void loop() {
		try {
			while (!this.closed) {
				turn();
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void turn() throws IOException {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.run();
		}
		this.now = System.nanoTime();
		while (this.started < this.all.size() && this.started - this.live < CONNECTING_AT_A_TIME) {
			connect(this.all.get(this.started++));
		}
		for (Return next = this.returns.peek(); next != null && next.due() <= this.now; next = this.returns.peek()) {
			this.returns.remove();
			connect(next.client());
		}
		heartbeats();
		Return next = this.returns.peek();
		long pause = (next != null) ? TimeUnit.NANOSECONDS.toMillis(next.due() - this.now) : 10;
		this.selector.select(this::handle, Math.max(1, Math.min(10, pause)));
	}

	private void connect(FollowingClient client) {
		try {
			client.connect(this.selector, this.ports.get(client.node()));
		}
		catch (IOException ex) {
			disconnected(client);
		}
	}

	private void handle(SelectionKey key) {
		FollowingClient client = (FollowingClient) key.attachment();
		try {
			if (key.isConnectable()) {
				client.connected(key);
			}
			else {
				client.readable(this.scratch);
			}
		}
		catch (IOException ex) {
			disconnected(client);
		}
	}

	private void disconnected(FollowingClient client) {
		try {
			if (client.isLive()) {
				this.live--;
				this.figures.disconnected(client.node() != this.killed);
			}
			long pause = client.disconnected();
			if (client.node() == this.killed) {
				int others = this.ports.size() - 1;
				client.use((this.killed + 1 + this.returned++ % others) % this.ports.size());
			}
			this.returns.add(new Return(System.nanoTime() + pause, client));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	void live() {
		this.live++;
		this.complete |= this.live == this.all.size();
		this.beatsFrom = (this.beatsFrom == 0) ? this.now : this.beatsFrom;
	}

	void returned(long joined, @Nullable String lost) {
		this.figures.returned(joined, lost);
	}

	void connected() {
		this.figures.connected();
	}

	void gap() {
		this.figures.gap();
	}

	void delivered(FollowingClient client, int bytes, long sent) throws IOException {
		this.figures.delivered(bytes, System.nanoTime() - sent);
		client.room().heard();
	}

	private void heartbeats() throws IOException {
		if (this.beatsFrom > 0) {
			long due = (this.now - this.beatsFrom) * this.all.size() / HEARTBEAT;
			for (; this.beats < due; this.beats++) {
				FollowingClient client = this.all.get((int) (this.beats % this.all.size()));
				if (client.isLive()) {
					client.heartbeat();
				}
			}
		}
	}

	@Override
	public void close() throws IOException {
		this.closed = true;
		this.selector.wakeup();
		try {
			this.thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		for (FollowingClient client : this.all) {
			client.close();
		}
		this.selector.close();
	}

	/** A client that comes back. */
	private record Return(long due, FollowingClient client) {
	}

}
