package io.clusterspring.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the README as a front door.
 */
class ReadmeTests {

	private final Page readme = Page.of("README.md");

	@Test
	void itIsShort() {
		assertThat(this.readme.lines()).hasSizeLessThanOrEqualTo(150);
	}

	@Test
	void itNamesTheVersionsOfTheBuild() throws IOException {
		String pom = Files.readString(Page.root().resolve("pom.xml"));
		assertThat(this.readme.text()).contains("built and tested with " + first(pom, "<version>(4[.0-9]+)</version>"),
				"Java " + first(pom, "<java.version>(.*)</java.version>"),
				first(pom, "<jgroups.version>([0-9.]+)\\.Final</jgroups.version>"),
				"<version>" + first(pom, "<version>(0[^<]+)</version>") + "</version>");
	}

	@Test
	void itsTwoCommandsAreThoseOfTheBuild() {
		List<String> commands = this.readme.fences()
			.stream()
			.filter((fence) -> fence.language().equals("bash"))
			.findFirst()
			.orElseThrow()
			.lines()
			.stream()
			.map((line) -> line.replaceAll(" +#.*", ""))
			.toList();
		assertThat(commands).containsExactly("sample-chat-app/two-nodes.sh", "mvn -B verify");
		assertThat(Page.root().resolve(commands.get(0))).exists();
	}

	@Test
	void itShowsAPictureThatIsSmall() throws IOException {
		String picture = first(this.readme.text(), "!\\[[^]]+]\\(([^)]+)\\)");
		assertThat(Files.size(Page.root().resolve(picture))).isLessThan(300_000);
	}

	private static String first(String text, String pattern) {
		Matcher matcher = Pattern.compile(pattern).matcher(text);
		assertThat(matcher.find()).as(pattern).isTrue();
		return matcher.group(1);
	}

}
