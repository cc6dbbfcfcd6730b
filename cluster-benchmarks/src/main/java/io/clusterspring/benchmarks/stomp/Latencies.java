package io.clusterspring.benchmarks.stomp;

/**
 * Collects the latencies of messages, in steps of 10 µs up to five seconds.
 */
final class Latencies {

	private static final int STEP_NANOS = 10_000;

	private final int[] counts = new int[500_000];

	private long total;

	void add(long nanos) {
		int step = (int) Math.min(this.counts.length - 1, Math.max(0, nanos / STEP_NANOS));
		this.counts[step]++;
		this.total++;
	}

	/**
	 * Return the latency that a share of the messages did not exceed.
	 * @param share the share, up to one
	 * @return the time in milliseconds
	 */
	double millis(double share) {
		long left = (long) Math.ceil(share * this.total);
		int step = 0;
		while (step < this.counts.length - 1 && left > this.counts[step]) {
			left -= this.counts[step++];
		}
		return (step + 0.5) * STEP_NANOS / 1e6;
	}

}
