package io.clusterspring.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Limits how many messages are on their way to the slowest node, so that no queue
 * overflows and the count of arrived messages is valid.
 */
final class Window {

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

	private final long size;

	private final long[] reached;

	private final long[] counts;

	private int done;

	private volatile long limit;

	/**
	 * Create a window.
	 * @param size how many messages may be on their way to the slowest node
	 * @param hearers how many nodes receive them, numbered from zero
	 */
	Window(long size, int hearers) {
		this.size = size;
		this.reached = new long[hearers];
		this.counts = new long[hearers];
		this.limit = size;
	}

	void awaitRoom(long number) throws InterruptedException {
		if (number >= this.limit) {
			await(() -> number < this.limit, "A node has not received the messages");
		}
	}

	synchronized void progress(int hearer, long number) {
		this.reached[hearer] = number;
		this.limit = Arrays.stream(this.reached).min().orElseThrow() + this.size;
		notifyAll();
	}

	synchronized void done(int hearer, long count) {
		this.counts[hearer] = count;
		this.done++;
		notifyAll();
	}

	/**
	 * Wait until all nodes have reported the end.
	 * @return how many messages arrived, summed over the nodes
	 */
	long awaitDone() throws InterruptedException {
		await(() -> this.done == this.counts.length, "A node has not reported the end");
		synchronized (this) {
			return Arrays.stream(this.counts).sum();
		}
	}

	private synchronized void await(BooleanSupplier condition, String otherwise) throws InterruptedException {
		long deadline = System.nanoTime() + PATIENCE_NANOS;
		while (!condition.getAsBoolean()) {
			long left = deadline - System.nanoTime();
			if (left <= 0) {
				throw new IllegalStateException(otherwise);
			}
			TimeUnit.NANOSECONDS.timedWait(this, left);
		}
	}

}
