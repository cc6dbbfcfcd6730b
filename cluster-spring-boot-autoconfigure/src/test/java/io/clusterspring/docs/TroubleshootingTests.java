package io.clusterspring.docs;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page about the lines of the log.
 */
class TroubleshootingTests {

	private static final Pattern LINE = Pattern.compile("`([^`]+)`");

	@Test
	void theLogHasTheLinesOfThePage() {
		String code = code();
		List<String> lines = Page.of("docs/troubleshooting.md")
			.lines()
			.stream()
			.filter((line) -> line.startsWith("| `"))
			.takeWhile((line) -> !line.startsWith("| `refused` |"))
			.map((line) -> line.split(" \\| ")[0])
			.flatMap((cell) -> LINE.matcher(cell).results())
			.map((match) -> match.group(1))
			.toList();
		assertThat(lines).hasSizeGreaterThan(50);
		assertThat(lines.stream().filter((line) -> !isIn(code, line))).isEmpty();
	}

	/**
	 * Return whether the code has a line, in which {@code ...} stands for a value.
	 */
	private static boolean isIn(String code, String line) {
		return Stream.of(line.split("\\.\\.\\.")).allMatch(code::contains);
	}

	/**
	 * Return the main code, with the parts of its texts joined.
	 */
	private static String code() {
		return Sources.ofModules("src/main/java")
			.stream()
			.map(Sources::read)
			.collect(Collectors.joining())
			.replaceAll("\"\\s*\\+\\s*\"", "");
	}

}
