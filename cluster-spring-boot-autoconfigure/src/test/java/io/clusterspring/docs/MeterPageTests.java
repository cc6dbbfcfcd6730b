package io.clusterspring.docs;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page about meters.
 */
class MeterPageTests {

	@Test
	void thePageHasAllMetersAndNoOthers() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		AllMeters.bindTo(registry);
		Set<String> registered = new TreeSet<>();
		registry.getMeters().forEach((meter) -> registered.add(meter.getId().getName()));
		assertThat(onPage()).containsExactlyInAnyOrderElementsOf(registered);
	}

	private static Set<String> onPage() {
		Pattern name = Pattern.compile("`(cluster\\.[a-z.-]+)`");
		Set<String> names = new TreeSet<>();
		Page.of("docs/meters.md")
			.lines()
			.stream()
			.dropWhile((line) -> !line.equals("## Meters"))
			.filter((line) -> line.startsWith("| `cluster."))
			.map((line) -> line.split(" \\| ")[0])
			.forEach((cell) -> name.matcher(cell).results().forEach((match) -> names.add(match.group(1))));
		return names;
	}

}
