package io.clusterspring.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page about faults of JGroups, and the classes that work around them.
 */
class UpstreamTests {

	private static final Page PAGE = Page.of("docs/upstream.md");

	private static final Path ENGINE = Page.root().resolve("cluster-core/src/main/java/io/clusterspring/jgroups");

	private static final Pattern ANCHOR = Pattern.compile("docs/upstream\\.md#([a-z0-9-]*[a-z0-9])");

	private static final Pattern DECLARATION = Pattern
		.compile("(?m)^(?:public |final |abstract )*class \\w+ (?:extends|implements) ([^{]*)\\{");

	private static final Pattern TYPE = Pattern.compile("\\b[A-Z]\\w*");

	/** A callback for messages and views, as any application of JGroups has. */
	private static final String CALLBACK = "Receiver";

	@Test
	void eachClassThatReplacesAPartOfJGroupsSaysWhichFaultItIsFor() {
		List<String> silent = new ArrayList<>();
		sources().forEach((name, code) -> {
			if (isOfJGroups(code) && !ANCHOR.matcher(code).find() && !code.contains("This is an extension point")) {
				silent.add(name);
			}
		});
		assertThat(silent).isEmpty();
	}

	@Test
	void eachFaultThatAClassNamesIsOnThePage() {
		assertThat(named()).isNotEmpty().isSubsetOf(PAGE.anchors());
	}

	@Test
	void eachFaultOnThePageHasAClassThatWorksAroundIt() {
		Set<String> sections = new TreeSet<>(PAGE.anchors());
		sections.removeAll(Set.of("upstream", "membership", "connections", "delivery", "what-a-peer-can-do", "logs"));
		assertThat(sections).hasSizeGreaterThan(20);
		assertThat(named()).containsAll(sections);
	}

	@Test
	void eachFaultIsDescribedInFull() {
		List<String> parts = List.of("Happens", "Reproduce", "Cause", "Meanwhile", "Suggested", "Reported");
		Map<String, List<String>> sections = sections();
		assertThat(sections).hasSizeGreaterThan(20);
		assertThat(sections).allSatisfy((name, found) -> assertThat(found).as(name).isEqualTo(parts));
	}

	private static Map<String, List<String>> sections() {
		Map<String, List<String>> sections = new TreeMap<>();
		String section = "";
		for (String line : PAGE.prose()) {
			if (line.startsWith("### ")) {
				section = line;
				sections.put(section, new ArrayList<>());
			}
			else if (line.startsWith("**") && !section.isEmpty()) {
				sections.get(section).add(line.substring(2, line.indexOf('.')));
			}
		}
		return sections;
	}

	private static Set<String> named() {
		return sources().values()
			.stream()
			.flatMap((code) -> ANCHOR.matcher(code).results())
			.map((anchor) -> anchor.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static boolean isOfJGroups(String code) {
		return DECLARATION.matcher(code)
			.results()
			.flatMap((declaration) -> TYPE.matcher(declaration.group(1)).results())
			.map(MatchResult::group)
			.filter((type) -> !type.equals(CALLBACK))
			.anyMatch((type) -> Pattern.compile("import org\\.jgroups\\.[\\w.]*\\b" + type + ";").matcher(code).find());
	}

	private static Map<String, String> sources() {
		return new TreeMap<>(Sources.below(ENGINE)
			.stream()
			.collect(Collectors.toMap((file) -> ENGINE.relativize(file).toString(), Sources::read)));
	}

}
