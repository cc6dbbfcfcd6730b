package io.clusterspring.benchmarks.history;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.clusterspring.benchmarks.Arguments;

/**
 * The settings of a measurement.
 *
 * @param nodes the number of nodes
 * @param port the first of the ports of the nodes
 * @param options the options of the JVM of each node
 * @param clients how many clients there are
 * @param rooms how many rooms there are
 * @param rate the messages per second in all rooms together
 * @param size the size of a payload in bytes
 * @param kept how many messages are kept to measure their memory
 * @param warmUp how long each load runs before it is measured
 * @param time how long one measurement takes
 * @param rounds how often the cost is measured
 */
record MeasuredHistory(int nodes, int port, List<String> options, int clients, int rooms, int rate, int size, int kept,
		Duration warmUp, Duration time, int rounds) {

	private static final Map<String, String> COMMON = Map.of("port", "29400", "jvm", "-Xms1g -Xmx1g", "size", "100",
			"warm-up", "20", "seconds", "10", "rounds", "5", "kept", "100000");

	static MeasuredHistory cost(String... arguments) {
		return of(Map.of("nodes", "2", "clients", "1000", "rooms", "10", "rate", "200"), arguments);
	}

	static MeasuredHistory storm(String... arguments) {
		return of(Map.of("nodes", "3", "clients", "10000", "rooms", "100", "rate", "2000"), arguments);
	}

	private static MeasuredHistory of(Map<String, String> own, String... arguments) {
		Map<String, String> defaults = new HashMap<>(COMMON);
		defaults.putAll(own);
		Arguments given = Arguments.of(defaults, arguments);
		return new MeasuredHistory(given.number("nodes"), given.number("port"), given.list("jvm", " ").toList(),
				given.number("clients"), given.number("rooms"), given.number("rate"), given.number("size"),
				given.number("kept"), given.seconds("warm-up"), given.seconds("seconds"), given.number("rounds"));
	}

}
