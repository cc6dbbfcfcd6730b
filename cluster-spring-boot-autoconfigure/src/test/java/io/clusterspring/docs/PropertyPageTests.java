package io.clusterspring.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the pages about properties. {@code -Ddocs.write=true} writes
 * {@code docs/properties.md} anew.
 */
class PropertyPageTests {

	@Test
	void theMetadataDescribesEachProperty() {
		assertThat(Metadata.properties().values()).isNotEmpty()
			.allSatisfy((property) -> assertThat(property.description()).as(property.name()).isNotBlank());
	}

	@Test
	void thePageIsWhatTheMetadataSays() {
		new GeneratedFile("docs/properties.md").assertIs(PropertyPage.render(), "");
	}

	@Test
	void thePageAboutDistributedApplicationsHasTheirPropertiesAndDefaults() {
		assertThat(table("docs/distributed.md")).containsExactlyInAnyOrderEntriesOf(PropertyPage.DISTRIBUTED);
	}

	@Test
	void thePageAboutHistoriesHasTheirPropertiesAndDefaults() {
		assertThat(table("docs/history.md")).containsExactlyInAnyOrderEntriesOf(PropertyPage.HISTORY);
	}

	private static Map<String, String> table(String page) {
		Pattern row = Pattern.compile("\\| `([a-z-]+)` \\| (?:`([^`]*)`)? *\\|.*");
		List<MatchResult> rows = section(page, "## Properties").stream()
			.flatMap((line) -> row.matcher(line).results())
			.toList();
		Map<String, String> written = new TreeMap<>();
		rows.forEach((match) -> written.put(match.group(1), (match.group(2) != null) ? match.group(2) : ""));
		return written;
	}

	@Test
	void thePageAboutLimitsHasTheirDefaults() {
		Map<String, Metadata.Property> properties = Metadata.properties();
		Pattern row = Pattern.compile("\\| `([a-z.-]+)` \\| `([^`]*)`.*");
		List<String> compared = new ArrayList<>();
		List<String> wrong = new ArrayList<>();
		for (String line : Page.of("docs/limits.md").lines()) {
			Matcher cells = row.matcher(line);
			for (String prefix : List.of("cluster.channels.", "cluster.channels.drain.")) {
				Metadata.Property property = cells.matches() ? properties.get(prefix + cells.group(1)) : null;
				if (property != null) {
					compared.add(property.name());
					if (!cells.group(2).equals(property.defaultValue())) {
						wrong.add(property.name() + ": " + cells.group(2));
					}
				}
			}
		}
		assertThat(wrong).isEmpty();
		assertThat(compared).contains("cluster.channels.max-channels", "cluster.channels.drain.batch-size");
	}

	private static List<String> section(String page, String heading) {
		List<String> lines = Page.of(page).lines();
		List<String> rest = lines.subList(lines.indexOf(heading) + 1, lines.size());
		return rest.stream().takeWhile((line) -> !line.startsWith("## ")).toList();
	}

}
