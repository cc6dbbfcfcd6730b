package io.clusterspring.benchmarks.history;

import java.util.Arrays;
import java.util.Locale;

/**
 * Collects times, as many as there are clients. Not thread-safe.
 */
final class Times {

	private long[] nanos = new long[64];

	private int count;

	void add(long nanos) {
		if (this.count == this.nanos.length) {
			this.nanos = Arrays.copyOf(this.nanos, 2 * this.count);
		}
		this.nanos[this.count++] = nanos;
	}

	/**
	 * Return the time that a share of them did not exceed.
	 * @param share the share, from 0 to 1
	 * @return the time in milliseconds, 0 if there is none
	 */
	double millis(double share) {
		long[] sorted = Arrays.copyOf(this.nanos, this.count);
		Arrays.sort(sorted);
		return (this.count == 0) ? 0 : sorted[Math.max(0, (int) Math.ceil(share * this.count) - 1)] / 1e6;
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "p50 %.0f ms, p99 %.0f ms, last %.0f ms", millis(0.5), millis(0.99),
				millis(1));
	}

}
