package io.clusterspring.benchmarks.channels;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.util.Assert;

/**
 * What to load the nodes with, and how long.
 *
 * @param loads which loads, one after the other
 * @param port the first of the two ports that the nodes listen on
 * @param clients how many clients hear the broadcasts
 * @param rate how many broadcasts there are each second in an open loop
 * @param idleClients how many clients do nothing
 * @param warmUp how long each load goes before it is measured
 * @param time how long one measurement takes
 * @param rounds how often each is repeated
 */
record LoadSettings(List<String> loads, int port, int clients, int rate, int idleClients, Duration warmUp,
		Duration time, int rounds) {

	private static final Map<String, String> DEFAULTS = Map.of("loads", "closed,echo,fanout,idle,connects", "port",
			"4801", "clients", "1000", "rate", "20", "idle-clients", "10000", "warm-up", "20", "seconds", "10",
			"rounds", "3");

	/**
	 * Read the settings.
	 * @param arguments each {@code --name=value}
	 * @return the settings
	 * @throws IllegalArgumentException if there is none of that name
	 */
	static LoadSettings of(String... arguments) {
		Map<String, String> values = new HashMap<>(DEFAULTS);
		for (String argument : arguments) {
			String[] parts = argument.split("=", 2);
			String name = parts[0].replaceFirst("^--", "");
			Assert.isTrue(parts.length == 2 && DEFAULTS.containsKey(name),
					() -> "'" + argument + "' is none of " + DEFAULTS + ", to be given as --name=value");
			values.put(name, parts[1]);
		}
		return new LoadSettings(List.of(text(values, "loads").split(",")), number(values, "port"),
				number(values, "clients"), number(values, "rate"), number(values, "idle-clients"),
				seconds(values, "warm-up"), seconds(values, "seconds"), number(values, "rounds"));
	}

	private static String text(Map<String, String> values, String name) {
		return values.getOrDefault(name, "");
	}

	private static int number(Map<String, String> values, String name) {
		return Integer.parseInt(text(values, name));
	}

	private static Duration seconds(Map<String, String> values, String name) {
		return Duration.ofSeconds(number(values, name));
	}

}
