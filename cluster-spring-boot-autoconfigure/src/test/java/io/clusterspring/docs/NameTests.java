package io.clusterspring.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the names on the pages: of properties, meters and classes.
 */
class NameTests {

	private static final Pattern CLUSTER = Pattern.compile("`(cluster(?:\\.[a-z][a-z-]*)+)(?:[`:={ ]|\\.<)");

	private static final Pattern CLASS = Pattern.compile("\\b(?:[A-Z][a-z0-9]+){2,}\\b");

	/** Classes of others, and names of other things. */
	private static final Set<String> FOREIGN = Set.of("MessageMapping", "SimpMessagingTemplate", "SimpleBrokerMessage",
			"SimpleBrokerMessageHandler", "WebSocket");

	@Test
	void propertiesAndMetersExist() {
		Set<String> known = new TreeSet<>(Metadata.properties().keySet());
		Page.of("docs/meters.md")
			.lines()
			.forEach((line) -> CLUSTER.matcher(line).results().forEach((match) -> known.add(match.group(1))));
		List<String> unknown = new ArrayList<>();
		for (Page page : Page.all()) {
			page.prose()
				.forEach((line) -> CLUSTER.matcher(line)
					.results()
					.map((match) -> match.group(1))
					.filter((name) -> known.stream().noneMatch((other) -> (other + ".").startsWith(name + ".")))
					.forEach((name) -> unknown.add(page.name() + ": " + name)));
		}
		assertThat(unknown).isEmpty();
	}

	@Test
	void classesOnThePagesAboutArchitectureExist() {
		Set<String> known = classes();
		List<String> unknown = new ArrayList<>();
		for (Page page : Page.all()) {
			if (page.name().matches("docs/(architecture|way-of-.*)\\.md")) {
				page.lines()
					.forEach((line) -> CLASS.matcher(line)
						.results()
						.map((match) -> match.group())
						.filter((name) -> !known.contains(name) && !FOREIGN.contains(name))
						.forEach((name) -> unknown.add(page.name() + ": " + name)));
			}
		}
		assertThat(unknown).isEmpty();
	}

	private static Set<String> classes() {
		return Sources.ofModules("src")
			.stream()
			.map((file) -> file.getFileName().toString())
			.map((name) -> name.substring(0, name.length() - ".java".length()))
			.collect(Collectors.toSet());
	}

}
