package io.clusterspring.benchmarks;

import java.util.Arrays;

/**
 * Collects the latencies of messages, in steps of 10 µs up to ten seconds.
 */
public final class Latencies {

	private static final int STEP_NANOS = 10_000;

	private final int[] counts = new int[1_000_001];

	private long count;

	/**
	 * Add a latency.
	 * @param nanos the time in nanoseconds
	 */
	public void add(long nanos) {
		this.counts[(int) Math.min(this.counts.length - 1, Math.max(0, nanos / STEP_NANOS))]++;
		this.count++;
	}

	/**
	 * Forget all latencies.
	 */
	public void clear() {
		Arrays.fill(this.counts, 0);
		this.count = 0;
	}

	/**
	 * Return how many there are.
	 * @return the number of messages
	 */
	public long count() {
		return this.count;
	}

	/**
	 * Return the latency that a share of the messages did not exceed.
	 * @param share the share, from 0 to 1
	 * @return the time in milliseconds
	 */
	public double millis(double share) {
		long left = (long) Math.ceil(share * this.count);
		int step = 0;
		while (step < this.counts.length - 1 && left > this.counts[step]) {
			left -= this.counts[step++];
		}
		return step / 100.0;
	}

}
