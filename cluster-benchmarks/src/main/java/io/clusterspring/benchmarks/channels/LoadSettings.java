package io.clusterspring.benchmarks.channels;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.clusterspring.benchmarks.Arguments;

/**
 * The settings of a load.
 *
 * @param loads the loads, in order
 * @param port the first of the two ports of the nodes
 * @param clients how many clients receive the broadcasts
 * @param rate the broadcasts per second in an open loop
 * @param idleClients how many clients are idle
 * @param warmUp how long each load runs before it is measured
 * @param time how long one measurement takes
 * @param rounds how often each is repeated
 */
record LoadSettings(List<String> loads, int port, int clients, int rate, int idleClients, Duration warmUp,
		Duration time, int rounds) {

	private static final Map<String, String> DEFAULTS = Map.of("loads", "closed,echo,fanout,idle,connects", "port",
			"4801", "clients", "1000", "rate", "20", "idle-clients", "10000", "warm-up", "20", "seconds", "10",
			"rounds", "3");

	static LoadSettings of(String... arguments) {
		Arguments given = Arguments.of(DEFAULTS, arguments);
		return new LoadSettings(given.list("loads", ",").toList(), given.number("port"), given.number("clients"),
				given.number("rate"), given.number("idle-clients"), given.seconds("warm-up"), given.seconds("seconds"),
				given.number("rounds"));
	}

}
