package io.clusterspring.benchmarks.history;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.clusterspring.channel.Channels;

/**
 * Publishes in rooms in turn, at a rate, on a thread of its own. Each message has the
 * time at which it was due.
 */
final class RoomPublisher implements AutoCloseable {

	private final Channels channels;

	private final Thread thread = new Thread(this::run, "publisher");

	private volatile Task task = new Task(0, 1, 0);

	private volatile long sent;

	private volatile boolean closed;

	RoomPublisher(Channels channels) {
		this.channels = channels;
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Set the rate.
	 * @param rate the messages per second, 0 for none
	 * @param rooms the number of rooms
	 * @param size the size of a payload in bytes
	 * @return how many were sent before
	 */
	long publish(int rate, int rooms, int size) {
		this.task = new Task(rate, rooms, size);
		LockSupport.unpark(this.thread);
		return this.sent;
	}

	long sent() {
		return this.sent;
	}

	/**
	 * Publish at once.
	 * @param prefix the begin of the topics
	 * @param topics the number of topics
	 * @param count the number of messages
	 * @param size the size of a payload in bytes
	 * @return the number of messages
	 */
	int fill(String prefix, int topics, int count, int size) {
		for (int i = 0; i < count; i++) {
			this.channels.broadcast(prefix + i % topics, "new_msg", payload(System.nanoTime(), size));
		}
		return count;
	}

	private void run() {
		Task present = this.task;
		long next = System.nanoTime();
		while (!this.closed) {
			if (present != this.task || present.rate() == 0) {
				present = this.task;
				next = System.nanoTime();
			}
			long pause = (present.rate() == 0) ? TimeUnit.MILLISECONDS.toNanos(20) : next - System.nanoTime();
			if (pause > 0) {
				LockSupport.parkNanos(pause);
				continue;
			}
			this.channels.broadcast("room:" + this.sent % present.rooms(), "new_msg", payload(next, present.size()));
			this.sent = this.sent + 1; // one thread only
			next += TimeUnit.SECONDS.toNanos(1) / present.rate();
		}
	}

	// as JSON it has the given size
	private static Map<String, Object> payload(long due, int size) {
		Map<String, Object> payload = new LinkedHashMap<>();
		payload.put("sent", due);
		int around = "{\"sent\":,\"pad\":\"\"}".length() + String.valueOf(due).length();
		payload.put("pad", "x".repeat(Math.max(0, size - around)));
		return payload;
	}

	@Override
	public void close() {
		this.closed = true;
	}

	/** The published messages. */
	private record Task(int rate, int rooms, int size) {
	}

}
