package io.clusterspring.benchmarks;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The role of the first node: floods the others, or sends pings and waits for the echo.
 * Messages of the others may arrive on any thread.
 */
final class Publisher implements Consumer<ByteBuffer> {

	/**
	 * The number of messages on their way: a quarter of the capacity of a listener's
	 * mailbox.
	 */
	private static final int MESSAGES = 16384;

	/** The number of bytes on their way: half of an outbox, so that it never fills. */
	private static final int BYTES = 2 << 20;

	private static final int REPORTS_PER_WINDOW = 8;

	private static final int MOST_ROUND_TRIPS = 1 << 20;

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

	private final Medium medium;

	private volatile Window window = new Window(0, 0);

	private volatile long echoed = -1;

	private volatile @Nullable Thread waiting;

	Publisher(Medium medium) {
		this.medium = medium;
	}

	@Override
	public void accept(ByteBuffer message) {
		switch (Signal.of(message)) {
			case ECHO -> {
				this.echoed = Signal.number(message);
				LockSupport.unpark(this.waiting);
			}
			case PROGRESS -> this.window.progress(Signal.node(message), Signal.number(message));
			case DONE -> this.window.done(Signal.node(message), Signal.count(message));
			default -> throw new IllegalStateException("Not for this node: " + Signal.of(message));
		}
	}

	/**
	 * Send as many messages as the others can take.
	 * @param size the size of a message in bytes
	 * @param time how long to send
	 * @return the messages sent and arrived, and the time until the last had arrived
	 * @throws InterruptedException if interrupted
	 */
	Flood flood(int size, Duration time) throws InterruptedException {
		long room = Math.min(MESSAGES, BYTES / size);
		Window opened = new Window(room, this.medium.hearers());
		this.window = opened;
		this.medium.publish(Signal.START.message(Signal.SMALLEST, room / REPORTS_PER_WINDOW));
		long start = System.nanoTime();
		long end = start + time.toNanos();
		long sent = 0;
		while (sent % REPORTS_PER_WINDOW != 0 || System.nanoTime() < end) {
			opened.awaitRoom(sent);
			this.medium.publish(Signal.MESSAGE.message(size, sent));
			sent++;
		}
		this.medium.publish(Signal.END.message(Signal.SMALLEST, sent));
		long arrived = opened.awaitDone();
		return new Flood(sent, this.medium.hearers(), arrived, System.nanoTime() - start);
	}

	/**
	 * Send a message, wait until the other node has answered it, and send the next.
	 * @param size the size of a message, and of its answer, in bytes
	 * @param time how long to send
	 * @return how long each took, in nanoseconds, the shortest first
	 */
	long[] roundTrips(int size, Duration time) {
		this.waiting = Thread.currentThread();
		long[] taken = new long[MOST_ROUND_TRIPS];
		int count = 0;
		long now = System.nanoTime();
		long end = now + time.toNanos();
		while (now < end && count < taken.length) {
			this.medium.publish(Signal.PING.message(size, count));
			awaitEcho(count, now + PATIENCE_NANOS);
			long then = System.nanoTime();
			taken[count++] = then - now;
			now = then;
		}
		long[] sorted = Arrays.copyOf(taken, count);
		Arrays.sort(sorted);
		return sorted;
	}

	private void awaitEcho(long number, long deadline) {
		while (this.echoed != number) {
			LockSupport.parkNanos(this, PATIENCE_NANOS);
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("No echo");
			}
		}
	}

}
