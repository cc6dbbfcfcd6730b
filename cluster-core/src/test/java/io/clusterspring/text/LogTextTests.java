package io.clusterspring.text;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogText}.
 */
class LogTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "room:1", "", "räume: ✓ 😀", "a b" })
	void ordinaryTextIsShownAsItIs(String text) {
		assertThat(LogText.of(text)).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r", "\u001B", "\u0000", "\u2028", "\u2029", "\u202E", "\u0085", "\uD800" })
	void textThatCouldForgeALineIsReplaced(String text) {
		assertThat(LogText.of("a" + text + "b")).isEqualTo("a?b");
	}

	@Test
	void longTextIsCut() {
		assertThat(LogText.of("x".repeat(200))).isEqualTo("x".repeat(200));
		assertThat(LogText.of("x".repeat(1_000_000))).isEqualTo("x".repeat(200) + "...");
		assertThat(LogText.of("😀".repeat(201))).isEqualTo("😀".repeat(200) + "...");
	}

	@Test
	void sentenceMayBeLongerButHasOneLine() {
		assertThat(LogText.line("a\r\n" + "x".repeat(3000))).startsWith("a??x").hasSize(2003).endsWith("...");
	}

	@Test
	void failureWithoutForeignTextIsShownAsItIs() {
		Exception failure = new IllegalStateException("as wanted", new RuntimeException());
		failure.addSuppressed(new Error("with it"));
		assertThat(LogText.failure(failure)).isSameAs(failure);
	}

	@Test
	void noMessageInAFailureForgesALine() {
		for (Throwable failure : List.of(new IllegalStateException("a\r\nFORGED"),
				new IllegalStateException("a", new Error("\u2028FORGED")), suppressing(new Error("b\nFORGED")))) {
			StringWriter trace = new StringWriter();
			LogText.failure(failure).printStackTrace(new PrintWriter(trace));
			assertThat(trace.toString().split("\\R")).noneMatch((line) -> line.startsWith("FORGED"));
			assertThat(trace.toString()).contains("?FORGED")
				.contains(failure.getClass().getName())
				.contains("noMessageInAFailureForgesALine");
		}
	}

	@Test
	void failureThatIsItsOwnCauseByADetourEnds() {
		Exception first = new IllegalStateException("a");
		Exception second = new IllegalStateException("b", first);
		first.initCause(second);
		assertThat(LogText.failure(first).toString()).isEqualTo("java.lang.IllegalStateException: a");
	}

	private static Throwable suppressing(Throwable suppressed) {
		Exception failure = new IllegalStateException("a");
		failure.addSuppressed(suppressed);
		return failure;
	}

}
