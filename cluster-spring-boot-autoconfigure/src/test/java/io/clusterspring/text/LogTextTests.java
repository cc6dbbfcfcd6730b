package io.clusterspring.text;

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
	void whatCouldForgeALineIsNot(String text) {
		assertThat(LogText.of("a" + text + "b")).isEqualTo("a?b");
	}

	@Test
	void longTextIsCut() {
		assertThat(LogText.of("x".repeat(200))).isEqualTo("x".repeat(200));
		assertThat(LogText.of("x".repeat(1_000_000))).isEqualTo("x".repeat(200) + "...");
		assertThat(LogText.of("😀".repeat(201))).isEqualTo("😀".repeat(200) + "...");
	}

}
