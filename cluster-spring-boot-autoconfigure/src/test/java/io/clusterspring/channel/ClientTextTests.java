package io.clusterspring.channel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientText}.
 */
class ClientTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "room:1", "", "räume: ✓ 😀", "a b" })
	void ordinaryTextIsShownAsItIs(String text) {
		assertThat(ClientText.show(text)).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r", "\u001B", "\u0000", "\u2028", "\u2029", "\u202E", "\u0085", "\uD800" })
	void whatCouldForgeALineIsNot(String text) {
		assertThat(ClientText.show("a" + text + "b")).isEqualTo("a?b");
	}

	@Test
	void longTextIsCut() {
		assertThat(ClientText.show("x".repeat(200))).isEqualTo("x".repeat(200));
		assertThat(ClientText.show("x".repeat(1_000_000))).isEqualTo("x".repeat(200) + "...");
		assertThat(ClientText.show("😀".repeat(201))).isEqualTo("😀".repeat(200) + "...");
	}

}
