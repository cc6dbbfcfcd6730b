package io.clusterspring.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.ClassUtils;
import org.w3c.dom.Document;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a release publishes.
 */
class ReleaseTests {

	private final Document pom = parse("pom.xml");

	private final Document bom = parse("cluster-bom/pom.xml");

	@Test
	void theJavadocHasThePackagesOfTheApi() {
		List<String> excluded = List.of(text(this.pom, "//excludePackageNames").strip().split(":"));
		Set<String> api = new PublicTypes().api()
			.stream()
			.map(ClassUtils::getPackageName)
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> inJavadoc = packages().filter((name) -> excluded.stream().noneMatch((other) -> covers(other, name)))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(inJavadoc).as("packages that excludePackageNames of pom.xml leaves").containsAll(api);
		assertThat(inJavadoc).doesNotContain("io.clusterspring.wire", "io.clusterspring.channel.socket");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/project/version", "/project/properties/project.home", "/project/url",
			"/project/licenses", "/project/developers", "/project/scm/url", "/project/scm/connection" })
	void theBomSaysTheSameOfTheProjectAsThePomOfTheBuild(String path) {
		assertThat(text(this.bom, path)).isNotBlank().isEqualTo(text(this.pom, path));
	}

	@Test
	void theBomHasEachModuleThatIsPublished() throws Exception {
		Set<String> published = new TreeSet<>();
		for (String module : text(this.pom, "/project/modules").strip().split("\\s+")) {
			Document modulePom = parse(module + "/pom.xml");
			if (!text(modulePom, "/project/properties/maven.deploy.skip").equals("true")
					&& !module.equals("cluster-bom")) {
				published.add(module);
				assertThat(text(modulePom, "/project/name")).as("name of %s", module).isNotBlank();
				assertThat(text(modulePom, "/project/description")).as("description of %s", module).isNotBlank();
			}
		}
		Set<String> listed = Stream.of(text(this.bom, "//dependencyManagement").split("\\s+"))
			.filter((word) -> word.startsWith("cluster-"))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(listed).isEqualTo(published);
	}

	@Test
	void theChangelogBeginsWithTheVersionOfTheBuild() {
		String version = text(this.pom, "/project/version");
		String heading = Page.of("CHANGELOG.md")
			.lines()
			.stream()
			.filter((line) -> line.startsWith("## "))
			.findFirst()
			.orElseThrow();
		String number = version.replace("-SNAPSHOT", "").replace(".", "\\.");
		assertThat(heading).matches(
				"## " + number + (version.endsWith("-SNAPSHOT") ? " \\(unreleased\\)" : " \\(\\d{4}-\\d\\d-\\d\\d\\)"));
	}

	/** As in the Javadoc plugin: a.b is that package, a.b.* those below it. */
	private static boolean covers(String excluded, String name) {
		return excluded.endsWith(".*") ? name.startsWith(excluded.substring(0, excluded.length() - 1))
				: name.equals(excluded);
	}

	private static Stream<String> packages() {
		return Sources.ofModules("src/main/java")
			.stream()
			.map(Sources::read)
			.filter((source) -> !source.contains("io.clusterspring.samples")
					&& !source.contains("package io.clusterspring.benchmark"))
			.map((source) -> source.replaceFirst("(?s).*?(?m:^)package ([a-z.]+);.*", "$1"))
			.distinct();
	}

	private static String text(Document document, String path) {
		try {
			XPath xpath = XPathFactory.newInstance().newXPath();
			return xpath.evaluate(path, document).strip();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Document parse(String file) {
		Path path = Page.root().resolve(file);
		try {
			return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Files.newInputStream(path));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
