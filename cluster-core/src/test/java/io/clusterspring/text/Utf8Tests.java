package io.clusterspring.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Utf8}.
 */
class Utf8Tests {

	@ParameterizedTest
	@ValueSource(strings = { "", "room:1", "räume ✓ 😀", "\uFFFD", "?", "\u0000" })
	void wellFormedTextSurvivesAsItIs(String text) {
		byte[] bytes = Utf8.encode("Topic", text);
		assertThat(bytes).isEqualTo(text.getBytes(StandardCharsets.UTF_8)).hasSize(Utf8.length(text));
		assertThat(Utf8.decode(bytes)).isEqualTo(text);
		assertThat(Utf8.isValid(bytes, 0)).isTrue();
		ByteBuffer in = ByteBuffer.allocateDirect(bytes.length + 2).put((byte) 9).put(bytes).put((byte) 9).flip();
		assertThat(in.get()).isEqualTo((byte) 9);
		assertThat(Utf8.decode(in.asReadOnlyBuffer(), bytes.length)).isEqualTo(text);
		assertThat(Utf8.decode(in, bytes.length)).isEqualTo(text);
		assertThat(in.get()).isEqualTo((byte) 9);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\uD83D", "\uDE00", "a\uD83D", "\uD83Da", "\uD83D\uD83D", "\uDE00\uD83D", "😀\uDE00",
			"\uD83D😀" })
	void loneSurrogateIsRefusedByName(String text) {
		assertThat(Utf8.isWellFormed(text)).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> Utf8.encode("Topic", text))
			.withMessageStartingWith("Topic '")
			.withMessageContaining("lone surrogate at index");
	}

	@ParameterizedTest
	@ValueSource(strings = { "80", "61c3", "c328", "c080", "eda0bd", "eda0bdedb880", "f4908080", "f09f98", "efbfbdff",
			"fe" })
	void bytesThatAreNotUtf8AreRefused(String hex) {
		byte[] bytes = HexFormat.of().parseHex(hex);
		assertThat(Utf8.isValid(bytes, 0)).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> Utf8.decode(bytes)).withMessage("Text is not UTF-8");
		assertThatIllegalArgumentException().isThrownBy(() -> Utf8.decode(ByteBuffer.wrap(bytes), bytes.length));
	}

	@Test
	void anyTextIsEitherRefusedOrComesBack() {
		Random random = new Random(20_261_128);
		for (int i = 0; i < 100_000; i++) {
			char[] units = new char[random.nextInt(6)];
			for (int j = 0; j < units.length; j++) {
				units[j] = (char) (random.nextBoolean() ? 0xD800 + random.nextInt(0x800) : random.nextInt(0x10000));
			}
			String text = new String(units);
			boolean survives = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text);
			assertThat(Utf8.isWellFormed(text)).isEqualTo(survives);
			if (survives) {
				assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
			}
		}
	}

}
