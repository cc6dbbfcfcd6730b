package io.clusterspring.benchmarks;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.util.Assert;

/**
 * The command line of a benchmark, with arguments {@code --name=value}, and defaults for
 * the others.
 */
public final class Arguments {

	private final Map<String, String> values;

	private Arguments(Map<String, String> values) {
		this.values = values;
	}

	/**
	 * Read the arguments.
	 * @param defaults the known names, with their default values
	 * @param arguments each {@code --name=value}
	 * @return the values
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public static Arguments of(Map<String, String> defaults, String... arguments) {
		Map<String, String> values = new HashMap<>(defaults);
		for (String argument : arguments) {
			String[] parts = argument.split("=", 2);
			String name = parts[0].replaceFirst("^--", "");
			Assert.isTrue(parts.length == 2 && defaults.containsKey(name),
					() -> "'" + argument + "' is none of " + defaults + ", to be given as --name=value");
			values.put(name, parts[1]);
		}
		return new Arguments(values);
	}

	/**
	 * Return a value.
	 * @param name its name
	 * @return the value
	 */
	public String text(String name) {
		return this.values.getOrDefault(name, "");
	}

	/**
	 * Return a value that is a number.
	 * @param name its name
	 * @return the number
	 */
	public int number(String name) {
		return Integer.parseInt(text(name));
	}

	/**
	 * Return a value that is a time in seconds.
	 * @param name its name
	 * @return the time
	 */
	public Duration seconds(String name) {
		return seconds(name, "/").findFirst().orElseThrow();
	}

	/**
	 * Return a value that is a list of times in seconds.
	 * @param name its name
	 * @param separator the separator of the times
	 * @return the times
	 */
	public Stream<Duration> seconds(String name, String separator) {
		return list(name, separator).map((text) -> Duration.ofMillis(Math.round(1000 * Double.parseDouble(text))));
	}

	/**
	 * Return a value that is a list.
	 * @param name its name
	 * @param separator the separator of the elements
	 * @return the list
	 */
	public Stream<String> list(String name, String separator) {
		return Stream.of(text(name).split(separator));
	}

}
