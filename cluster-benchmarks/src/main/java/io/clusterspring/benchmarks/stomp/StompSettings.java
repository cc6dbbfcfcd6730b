package io.clusterspring.benchmarks.stomp;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.clusterspring.benchmarks.Arguments;

/**
 * The settings of a measurement.
 *
 * @param time how long one measurement takes
 * @param rounds how often each is repeated
 * @param variants the variants to measure
 * @param rooms the number of destinations
 * @param members the number of subscribers of each, half of them on each node
 * @param rates the deliveries per second at which latency is measured, in order
 * @param window the messages of a room that may be on their way when throughput is
 * measured
 * @param size the size of message bodies in bytes
 * @param port the first of thirty ports of nodes and broker
 * @param options the options of the JVM of each node
 */
record StompSettings(Duration time, int rounds, List<StompVariant> variants, int rooms, int members,
		List<Integer> rates, int window, int size, int port, List<String> options) {

	private static final Map<String, String> DEFAULTS = Map.of("seconds", "8", "rounds", "3", "variants",
			"starter,relay,alone", "rooms", "10", "members", "20", "rates", "20000,5000", "window", "32", "size", "100",
			"port", "29310", "jvm", "-Xms256m -Xmx256m");

	static StompSettings of(String... arguments) {
		Arguments given = Arguments.of(DEFAULTS, arguments);
		return new StompSettings(given.seconds("seconds"), given.number("rounds"),
				given.list("variants", ",").map(StompVariant::of).toList(), given.number("rooms"),
				given.number("members"), given.list("rates", ",").map(Integer::valueOf).toList(),
				given.number("window"), given.number("size"), given.number("port"), given.list("jvm", " ").toList());
	}

	StompSettings with(List<StompVariant> others) {
		return new StompSettings(this.time, this.rounds, others, this.rooms, this.members, this.rates, this.window,
				this.size, this.port, this.options);
	}

}
