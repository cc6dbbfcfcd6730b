package io.clusterspring.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the links between the pages.
 */
class LinkTests {

	@Test
	void linksLeadToPagesAndHeadingsThatExist() {
		List<String> broken = new ArrayList<>();
		for (Page page : Page.all()) {
			page.links()
				.stream()
				.filter((link) -> !link.matches("[a-z]+:.*"))
				.filter((link) -> !leadsSomewhere(page, link))
				.forEach((link) -> broken.add(page.name() + ": " + link));
		}
		assertThat(broken).isEmpty();
	}

	@Test
	void eachPageIsInTheTableOfContents() {
		Page contents = Page.of("docs/README.md");
		Set<String> linked = new TreeSet<>();
		contents.links().forEach((link) -> linked.add("docs/" + link));
		linked.add(contents.name());
		assertThat(Page.all().stream().map(Page::name).filter((name) -> name.startsWith("docs/"))).isSubsetOf(linked);
	}

	private static boolean leadsSomewhere(Page page, String link) {
		int hash = link.indexOf('#');
		String path = (hash < 0) ? link : link.substring(0, hash);
		Path target = path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
		if (!Files.exists(target)) {
			return false;
		}
		return hash < 0
				|| Page.of(Page.root().relativize(target).toString()).anchors().contains(link.substring(hash + 1));
	}

}
