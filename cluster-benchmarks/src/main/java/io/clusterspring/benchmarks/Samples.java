package io.clusterspring.benchmarks;

import java.util.Arrays;

/**
 * Collects durations of an action.
 */
final class Samples {

	private final long[] nanos;

	private int count;

	Samples(int capacity) {
		this.nanos = new long[capacity];
	}

	boolean isFull() {
		return this.count == this.nanos.length;
	}

	int count() {
		return this.count;
	}

	// measures an action, if there is room to record the result
	void time(Runnable action) {
		long start = System.nanoTime();
		action.run();
		if (!isFull()) {
			this.nanos[this.count++] = System.nanoTime() - start;
		}
	}

	/**
	 * Return median, 99 % and the longest.
	 * @param unit the nanoseconds of the unit of the result
	 * @return the three, as cells of a table
	 */
	String percentiles(double unit) {
		long[] sorted = Arrays.copyOf(this.nanos, this.count);
		Arrays.sort(sorted);
		return String.format("%.1f / %.1f / %.1f", sorted[sorted.length / 2] / unit,
				sorted[sorted.length * 99 / 100] / unit, sorted[sorted.length - 1] / unit);
	}

}
