package io.clusterspring.benchmarks;

/**
 * The durations of round trips to another node, one after the other.
 *
 * @param median half of them took no longer, in microseconds
 * @param slow 99 of 100 took no longer, in microseconds
 * @param cpuMicros the CPU time of both nodes for one round trip, in microseconds
 */
record RoundTrips(double median, double slow, double cpuMicros) {

	static RoundTrips of(String[] parts, long cpuNanos) {
		return new RoundTrips(Long.parseLong(parts[1]) / 1e3, Long.parseLong(parts[2]) / 1e3,
				cpuNanos / 1e3 / Long.parseLong(parts[0]));
	}

}
