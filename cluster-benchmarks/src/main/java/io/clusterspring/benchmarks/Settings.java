package io.clusterspring.benchmarks;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.util.Assert;

/**
 * What to measure, and how long.
 *
 * @param time how long one measurement takes
 * @param rounds how often each is repeated
 * @param nodes how many nodes there are, one count after the other, growing from two
 * @param variants what is measured
 * @param only what the name of a measurement has to contain
 * @param port the first of the ports that the nodes take
 * @param options for the JVM of each node
 */
record Settings(Duration time, int rounds, List<Integer> nodes, List<Variant> variants, String only, int port,
		List<String> options) {

	private static final Map<String, String> DEFAULTS = Map.of("seconds", "3", "rounds", "3", "nodes", "2,3,5,10",
			"variants", "topics,raw", "only", "", "port", "29000", "jvm", "-Xms256m -Xmx256m");

	/**
	 * Read the settings.
	 * @param arguments each {@code --name=value}
	 * @return the settings
	 * @throws IllegalArgumentException if there is none of that name
	 */
	static Settings of(String... arguments) {
		Map<String, String> values = new HashMap<>(DEFAULTS);
		for (String argument : arguments) {
			String[] parts = argument.split("=", 2);
			String name = parts[0].replaceFirst("^--", "");
			Assert.isTrue(parts.length == 2 && DEFAULTS.containsKey(name),
					() -> "'" + argument + "' is none of " + DEFAULTS + ", to be given as --name=value");
			values.put(name, parts[1]);
		}
		return new Settings(Duration.ofMillis(Math.round(1000 * Double.parseDouble(value(values, "seconds")))),
				Integer.parseInt(value(values, "rounds")), list(values, "nodes", ",").map(Integer::valueOf).toList(),
				list(values, "variants", ",").map(Variant::of).toList(), value(values, "only"),
				Integer.parseInt(value(values, "port")), list(values, "jvm", " ").toList());
	}

	boolean includes(String measurement) {
		return measurement.contains(this.only);
	}

	private static String value(Map<String, String> values, String name) {
		return values.getOrDefault(name, "");
	}

	private static Stream<String> list(Map<String, String> values, String name, String separator) {
		return Stream.of(value(values, name).split(separator));
	}

}
