package io.clusterspring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
	void theLogHasTheLinesOfThePage() throws IOException {
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
	private static String code() throws IOException {
		try (Stream<Path> modules = Files.list(Page.root())) {
			return modules.map((module) -> module.resolve("src/main/java"))
				.filter(Files::isDirectory)
				.flatMap(TroubleshootingTests::files)
				.map(TroubleshootingTests::read)
				.collect(Collectors.joining())
				.replaceAll("\"\\s*\\+\\s*\"", "");
		}
	}

	private static Stream<Path> files(Path directory) {
		try {
			return Files.walk(directory).filter((file) -> file.toString().endsWith(".java"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
