package io.clusterspring.benchmarks;

/**
 * The rate of a flood.
 *
 * @param perSecond how many messages per second were sent and reached all nodes
 * @param cpuMicros the CPU time of all nodes per message, in microseconds
 * @param lost how many messages did not arrive, or not in order
 */
record Rate(double perSecond, double cpuMicros, long lost) {

	static Rate of(Flood flood, long cpuNanos) {
		return new Rate(flood.sent() * 1e9 / flood.nanos(), cpuNanos / 1e3 / flood.sent(), flood.lost());
	}

}
