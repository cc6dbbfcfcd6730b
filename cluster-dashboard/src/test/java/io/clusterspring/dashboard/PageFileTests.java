package io.clusterspring.dashboard;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the files of the page.
 */
class PageFileTests {

	private static final Pattern IMPORTED = Pattern.compile("from '\\./([a-z-]+\\.js)'");

	private static final Pattern LINKED = Pattern.compile("(?:href|src)=\"\\{page}/([^\"]+)\"");

	/** Ways to make markup or scripts of text, and places that the policy forbids. */
	private static final Pattern FORBIDDEN = Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write"
			+ "|createContextualFragment|DOMParser|\\beval\\(|new Function|javascript:|https?://(?!www\\.w3\\.org/2000/svg')"
			+ "|setAttribute\\('style'|srcdoc");

	@ParameterizedTest
	@ValueSource(strings = { "", "..", "../DashboardEndpoint.class", "js/../index.html", "/index.html", "js", "js/",
			"main.js", "js//main.js", "js/main.js/", "js/main.js\0", "js\\main.js", "package-info.class", "js/MAIN.js",
			"%2e%2e/x.js", "a/b/c.js" })
	void nothingElseIsAFile(String name) {
		assertThat(PageFile.read(name)).isNull();
	}

	@Test
	void eachFileHasItsType() {
		assertThat(type("index.html")).isEqualTo("text/html;charset=UTF-8");
		assertThat(type("js/main.js")).isEqualTo("text/javascript;charset=UTF-8");
		assertThat(type("css/base.css")).isEqualTo("text/css;charset=UTF-8");
		assertThat(type("icon.svg")).isEqualTo("image/svg+xml");
	}

	@Test
	void allThatIsLinkedAndImportedExists() {
		List<String> names = new ArrayList<>();
		LINKED.matcher(text("index.html")).results().forEach((match) -> names.add(match.group(1)));
		assertThat(names).hasSizeGreaterThan(4);
		for (Path script : all(".js")) {
			IMPORTED.matcher(read(script)).results().forEach((match) -> names.add("js/" + match.group(1)));
		}
		assertThat(names).allSatisfy((name) -> assertThat(PageFile.read(name)).as(name).isNotNull());
	}

	@Test
	void eachFileCanBeAskedFor() {
		for (Path file : all("")) {
			String name = directory().relativize(file).toString();
			assertThat(PageFile.read(name)).as(name).isNotNull();
		}
	}

	@Test
	void noScriptMakesMarkupOfText() {
		assertThat(all(".js")).isNotEmpty()
			.allSatisfy((script) -> assertThat(FORBIDDEN.matcher(read(script)).results().map((match) -> match.group()))
				.as(script.toString())
				.isEmpty());
	}

	@Test
	void thePageHasNoScriptOrStyleOfItsOwnInItself() {
		String html = text("index.html");
		assertThat(html).doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|<script(?![^>]* src=)|https?:");
		assertThat(html).contains("Content-Security-Policy", "default-src 'none'",
				"require-trusted-types-for 'script'");
	}

	@Test
	void theTagChangesWithTheContent() {
		PageFile one = Objects.requireNonNull(PageFile.read("js/main.js"));
		PageFile other = new PageFile(one.type(), (text("js/main.js") + " ").getBytes(StandardCharsets.UTF_8));
		assertThat(one.tag()).isNotEqualTo(other.tag()).isEqualTo(PageFile.read("js/main.js").tag());
	}

	private static String type(String name) {
		return Objects.requireNonNull(PageFile.read(name)).type().toString();
	}

	private static String text(String name) {
		return new String(Objects.requireNonNull(PageFile.read(name)).content(), StandardCharsets.UTF_8);
	}

	private static List<Path> all(String ending) {
		try (Stream<Path> files = Files.walk(directory())) {
			return files.filter(Files::isRegularFile).filter((file) -> file.toString().endsWith(ending)).toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Path directory() {
		try {
			URL index = Objects.requireNonNull(PageFile.class.getResource("page/index.html"));
			return Path.of(index.toURI()).getParent();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
