package io.clusterspring.failure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The log to which all nodes append lines: kind, application, node, token, reason, from,
 * time.
 */
final class RunLog {

	private final Path file;

	RunLog(Path file) {
		this.file = file;
	}

	void write(Object... words) {
		String line = Arrays.stream(words).map(String::valueOf).collect(Collectors.joining(" "));
		try {
			Files.writeString(this.file, line + " " + System.currentTimeMillis() + "\n", StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Record that a node cannot run any application any more.
	 * @param node the node
	 */
	void gone(String node) {
		write("gone", "-", node, 0, "-", "-");
	}

	List<Line> lines(String... kinds) {
		try {
			List<String> wanted = List.of(kinds);
			return Files.readAllLines(this.file)
				.stream()
				.map(Line::of)
				.filter((line) -> wanted.isEmpty() || wanted.contains(line.kind()))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<Line> starts(String application) {
		return lines("start").stream().filter((line) -> line.application().equals(application)).toList();
	}

	long stops(String node) {
		return lines("stop").stream().filter((line) -> line.node().equals(node)).count();
	}

	/**
	 * Assert that no application was already running when it started, and that tokens
	 * only grow.
	 */
	void assertNoOverlap() {
		assertThat(overlaps()).isEmpty();
		Map<String, Long> tokens = new HashMap<>();
		for (Line line : lines("start")) {
			Long before = tokens.put(line.application(), line.token());
			assertThat(before == null || before < line.token()).as("%s after token %s", line, before).isTrue();
		}
	}

	List<Line> overlaps() {
		List<Line> overlaps = new ArrayList<>();
		Map<String, Set<String>> running = new HashMap<>();
		for (Line line : lines()) {
			Set<String> nodes = running.computeIfAbsent(line.application(), (name) -> new HashSet<>());
			switch (line.kind()) {
				case "start" -> {
					if (!nodes.isEmpty()) {
						overlaps.add(line);
					}
					nodes.add(line.node());
				}
				case "stop" -> nodes.remove(line.node());
				case "gone" -> running.values().forEach((all) -> all.remove(line.node()));
				default -> {
				}
			}
		}
		return overlaps;
	}

	@Override
	public String toString() {
		return lines("start", "stopping", "stop", "gone").stream()
			.map(Line::toString)
			.collect(Collectors.joining("\n"));
	}

	/**
	 * A line of the log.
	 *
	 * @param kind the kind of the event
	 * @param application the application
	 * @param node the node
	 * @param token the token
	 * @param reason the reason of a start
	 * @param from the previous node
	 * @param time the time in milliseconds since the epoch
	 */
	record Line(String kind, String application, String node, long token, String reason, String from, long time) {

		static Line of(String text) {
			String[] words = text.split(" ");
			return new Line(words[0], words[1], words[2], Long.parseLong(words[3]), words[4], words[5],
					Long.parseLong(words[6]));
		}

	}

}
