package io.clusterspring.channel.tap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.channel.protocol.SocketPayload;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SeenMessage}.
 */
class SeenMessageTests {

	@ParameterizedTest
	@ValueSource(strings = { "a", "\u00e9", "\u20ac", "\ud83d\ude00" })
	void keepsTheFirst1000CharactersWhole(String character) {
		for (int shift = 0; shift < 4; shift++) {
			String text = "x".repeat(shift) + character.repeat(5000);
			String beginning = beginning(text);
			assertThat(beginning).endsWith("...");
			assertThat(text).startsWith(beginning.substring(0, beginning.length() - 3));
			assertThat(beginning.codePoints()).hasSize(SeenMessage.LONGEST + 3);
		}
	}

	@Test
	void keepsAShortPayload() {
		assertThat(beginning("{\"text\":\"hello\"}")).isEqualTo("{\"text\":\"hello\"}");
		assertThat(beginning("")).isEmpty();
	}

	@Test
	void whatCouldForgeALineIsNotShown() {
		assertThat(beginning("a\u202e\n\u001bb")).isEqualTo("a???b");
	}

	@Test
	void showsBytesInHexadecimalDigits() {
		assertThat(SeenMessage.beginning(SocketPayload.binary(ByteBuffer.wrap(new byte[] { 1, (byte) 0xff }))))
			.isEqualTo("01ff");
		assertThat(SeenMessage.beginning(SocketPayload.binary(ByteBuffer.allocate(4000)))).hasSize(SeenMessage.LONGEST);
	}

	private static String beginning(String text) {
		ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
		String beginning = SeenMessage.beginning(SocketPayload.json(bytes));
		assertThat(bytes.position()).isZero();
		return beginning;
	}

}
