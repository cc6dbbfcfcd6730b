package io.clusterspring.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The settings of a measurement.
 *
 * @param time how long one measurement takes
 * @param rounds how often each is repeated
 * @param nodes the numbers of nodes, growing from two
 * @param variants the variants to measure
 * @param only a text that the name of a measurement must contain
 * @param port the first of the ports of the nodes
 * @param options the options of the JVM of each node
 */
record Settings(Duration time, int rounds, List<Integer> nodes, List<Variant> variants, String only, int port,
		List<String> options) {

	private static final Map<String, String> DEFAULTS = Map.of("seconds", "3", "rounds", "3", "nodes", "2,3,5,10",
			"variants", "topics,raw", "only", "", "port", "29000", "jvm", "-Xms256m -Xmx256m");

	static Settings of(String... arguments) {
		Arguments given = Arguments.of(DEFAULTS, arguments);
		return new Settings(given.seconds("seconds"), given.number("rounds"),
				given.list("nodes", ",").map(Integer::valueOf).toList(),
				given.list("variants", ",").map(Variant::of).toList(), given.text("only"), given.number("port"),
				given.list("jvm", " ").toList());
	}

	boolean includes(String measurement) {
		return measurement.contains(this.only);
	}

}
