package io.clusterspring.benchmarks.channels;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Collects the latencies of messages, in steps of a tenth of a millisecond up to ten
 * seconds.
 */
final class Latencies {

	private static final long RESOLUTION = TimeUnit.MICROSECONDS.toNanos(100);

	private final int[] counts = new int[100_001];

	private long count;

	void add(long nanos) {
		this.counts[(int) Math.min(this.counts.length - 1, Math.max(0, nanos / RESOLUTION))]++;
		this.count++;
	}

	void clear() {
		Arrays.fill(this.counts, 0);
		this.count = 0;
	}

	long count() {
		return this.count;
	}

	/**
	 * Return the latency below which a part of the messages are.
	 * @param part the part, from 0 to 1
	 * @return milliseconds
	 */
	double millis(double part) {
		long left = (long) Math.ceil(part * this.count);
		int index = 0;
		while (index < this.counts.length - 1 && left > this.counts[index]) {
			left -= this.counts[index++];
		}
		return index / 10.0;
	}

}
