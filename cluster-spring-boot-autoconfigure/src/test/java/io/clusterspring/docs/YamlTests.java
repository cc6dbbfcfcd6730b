package io.clusterspring.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import io.clusterspring.docs.Page.Fence;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the properties that the YAML on the pages sets.
 */
class YamlTests {

	private static final Pattern VARIABLE = Pattern.compile("\\bCLUSTER(_[A-Z]+)+\\b(?=, value)");

	private final Set<String> known = new TreeSet<>(Metadata.properties().keySet());

	@Test
	void propertiesOfTheClusterExist() throws IOException {
		List<String> unknown = new ArrayList<>();
		int found = 0;
		for (Fence fence : yaml()) {
			for (String name : names(fence)) {
				found++;
				if (!isKnown(name)) {
					unknown.add(fence.place() + ": " + name);
				}
			}
		}
		assertThat(unknown).isEmpty();
		assertThat(found).isPositive();
	}

	@Test
	void variablesOfTheEnvironmentStandForPropertiesThatExist() {
		Set<String> variables = new TreeSet<>();
		this.known.forEach((name) -> variables.add(name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT)));
		List<String> unknown = new ArrayList<>();
		yaml().forEach((fence) -> VARIABLE.matcher(fence.code())
			.results()
			.map((variable) -> variable.group())
			.filter((variable) -> variables.stream()
				.noneMatch((name) -> name.replace("_", "").equals(variable.replace("_", ""))))
			.forEach((variable) -> unknown.add(fence.place() + ": " + variable)));
		assertThat(unknown).isEmpty();
	}

	private static List<Fence> yaml() {
		return Page.all()
			.stream()
			.flatMap((page) -> page.fences().stream())
			.filter((fence) -> fence.language().equals("yaml"))
			.toList();
	}

	private static Set<String> names(Fence fence) throws IOException {
		Set<String> names = new TreeSet<>();
		byte[] content = fence.code().getBytes(StandardCharsets.UTF_8);
		for (PropertySource<?> source : new YamlPropertySourceLoader().load(fence.place(),
				new ByteArrayResource(content))) {
			for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
				if (name.startsWith("cluster.")) {
					names.add(name.replaceAll("\\[.*", ""));
				}
			}
		}
		return names;
	}

	private boolean isKnown(String name) {
		return this.known.contains(name)
				|| PropertyPage.DISTRIBUTED.containsKey(name.replaceFirst("^cluster\\.distributed\\.[^.]+\\.", ""))
				|| PropertyPage.HISTORY.containsKey(name.replaceFirst("^cluster\\.history\\.[^.]+\\.", ""));
	}

}
