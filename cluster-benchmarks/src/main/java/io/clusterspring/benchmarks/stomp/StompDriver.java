package io.clusterspring.benchmarks.stomp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import io.clusterspring.benchmarks.Latencies;

/**
 * All clients of one pair of nodes. One thread receives for all, and the calling thread
 * publishes.
 */
final class StompDriver implements AutoCloseable {

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

	private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

	private final StompSettings settings;

	private final Selector selector = Selector.open();

	private final List<Room> rooms = new ArrayList<>();

	private final List<ClientSocket> clients = new ArrayList<>();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);

	private volatile Latencies latencies = new Latencies();

	private volatile int run;

	private volatile @Nullable Exception failure;

	StompDriver(StompSettings settings, List<Integer> ports) throws IOException {
		this.settings = settings;
		for (int i = 0; i < settings.rooms(); i++) {
			Room room = new Room("/topic/room." + i, settings.members());
			this.rooms.add(room);
			for (int k = 0; k < settings.members(); k++) {
				ClientSocket member = connect(ports.get(k % ports.size()), room);
				member.write(StompFrames.subscribe(room.destination()));
				member.channel().register(this.selector, SelectionKey.OP_READ, member);
			}
			room.setPublisher(connect(ports.get(i % ports.size()), room));
		}
		Thread reader = new Thread(this::read, "reader");
		reader.setDaemon(true);
		reader.start();
		awaitSubscriptions();
	}

	private ClientSocket connect(int port, Room room) throws IOException {
		ClientSocket client = ClientSocket.connect(port, room, this.settings.size());
		this.clients.add(client);
		return client;
	}

	private void read() {
		try {
			while (this.selector.isOpen()) {
				this.selector.select((key) -> {
					try {
						((ClientSocket) key.attachment()).read(this.buffer, this.run, this.latencies);
					}
					catch (IOException ex) {
						this.failure = ex;
						key.cancel();
					}
				});
			}
		}
		catch (IOException | RuntimeException ex) {
			this.failure = (ex instanceof ClosedSelectorException) ? null : ex;
		}
	}

	private void awaitSubscriptions() throws IOException {
		long end = System.nanoTime() + PATIENCE_NANOS;
		do {
			if (System.nanoTime() > end) {
				throw new IOException("The subscriptions do not work yet");
			}
			begin();
			for (Room room : this.rooms) {
				publish(room, System.nanoTime());
			}
		}
		while (awaitLast(TimeUnit.SECONDS.toNanos(1)) > 0);
	}

	private void begin() {
		this.run++;
		this.rooms.forEach(Room::begin);
		this.latencies = new Latencies();
	}

	private void publish(Room room, long time) throws IOException {
		checkClients();
		room.publish(this.run, time, this.settings.size());
	}

	/**
	 * Publish at a steady rate, without waiting for deliveries.
	 * @param rate deliveries per second
	 * @param time how long
	 * @return the result
	 */
	Deliveries atRate(int rate, Duration time) throws IOException {
		begin();
		long start = System.nanoTime();
		long interval = TimeUnit.SECONDS.toNanos(this.settings.members()) / rate;
		long count = time.toNanos() / interval;
		for (long i = 0; i < count; i++) {
			long due = start + i * interval;
			while (due - System.nanoTime() > 0) {
				LockSupport.parkNanos(PAUSE_NANOS);
			}
			publish(this.rooms.get((int) (i % this.rooms.size())), due);
		}
		return end(start);
	}

	// publishes as fast as messages arrive
	Deliveries most(Duration time) throws IOException {
		begin();
		long start = System.nanoTime();
		while (System.nanoTime() - start < time.toNanos()) {
			boolean idle = true;
			for (Room room : this.rooms) {
				if (room.underWay() < this.settings.window()) {
					publish(room, System.nanoTime());
					idle = false;
				}
			}
			if (idle) {
				LockSupport.parkNanos(PAUSE_NANOS);
			}
		}
		return end(start);
	}

	private Deliveries end(long start) throws IOException {
		long missing = awaitLast(PATIENCE_NANOS);
		long nanos = System.nanoTime() - start;
		long received = this.rooms.stream().mapToLong(Room::count).sum();
		return new Deliveries(received, nanos, missing, this.latencies.millis(0.5), this.latencies.millis(0.99));
	}

	private long awaitLast(long patience) throws IOException {
		long end = System.nanoTime() + patience;
		while (missing() > 0 && System.nanoTime() < end) {
			checkClients();
			LockSupport.parkNanos(PAUSE_NANOS);
		}
		checkClients();
		return missing();
	}

	private void checkClients() throws IOException {
		Exception failed = this.failure;
		if (failed != null) {
			throw new IOException("A client has failed", failed);
		}
	}

	private long missing() {
		return this.rooms.stream().mapToLong(Room::missing).sum();
	}

	@Override
	public void close() throws IOException {
		this.selector.close();
		for (ClientSocket client : this.clients) {
			client.close();
		}
	}

	/**
	 * The result of publishing.
	 *
	 * @param count messages that clients received
	 * @param nanos the time until the last one
	 * @param lost messages that did not arrive
	 * @param p50 median latency in milliseconds
	 * @param p99 99th percentile of the latency in milliseconds
	 */
	record Deliveries(long count, long nanos, long lost, double p50, double p99) {

	}

}
