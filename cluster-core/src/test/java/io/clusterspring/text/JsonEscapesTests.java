package io.clusterspring.text;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JsonEscapes}.
 */
class JsonEscapesTests {

	private static final String[] PARTS = { "\\ud83d", "\\uDE00", "\\uD83D\\ude00", "\\\\", "\\n", "\\u0041", "ud83d",
			"\\ud7ff", "\\uE000", "x", "\\\"", "aaaaaaaa", "😀" };

	@ParameterizedTest
	@ValueSource(strings = { "\"\\ud83d\"", "\"\\uDE00\"", "{\"\\ud83d\":1}", "[\"\\ud83dx\\ude00\"]",
			"[\"\\ud83d\\ud83d\\ude00\"]", "\"\\\\\\ud83d\"", "\"\\ud83d\\n\"", "\"\\ud83d😀\"", "\"\\ud83d\\u0041\"",
			"[\"a\",{\"b\":[\"01234567890123456789\\ud83d\"]}]" })
	void loneSurrogateIsFound(String json) {
		assertThat(areWellFormed(json)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "\"\\ud83d\\ude00\"", "\"\\\\ud83d\"", "\"ud83d\"", "\"\\ud7ff\\ue000\"",
			"\"\\\"\\ud83d\\uDE00\\\\\"", "\"\uFFFD😀\"", "\"\\uD83D\\uDE00\\uD83D\\uDE00\"" })
	void pairsAndWhatOnlyLooksLikeAnEscapeAreText(String json) {
		assertThat(areWellFormed(json)).isTrue();
	}

	@Test
	void onlyThePartThatIsAskedForCounts() {
		byte[] json = "\\ud83d\"abc\"\\ud83d".getBytes(StandardCharsets.UTF_8);
		assertThat(JsonEscapes.areWellFormed(json, 6, 5)).isTrue();
		assertThat(JsonEscapes.areWellFormed(json, 6, 11)).isFalse();
		byte[] pair = "\"\\ud83d\\ude00\"".getBytes(StandardCharsets.UTF_8);
		assertThat(JsonEscapes.areWellFormed(pair, 0, 10)).as("pair that is cut in two").isFalse();
	}

	@Test
	void agreesWithWhatADecoderReads() {
		Random random = new Random(20_261_128);
		int refused = 0;
		for (int i = 0; i < 50_000; i++) {
			StringBuilder json = new StringBuilder("\"");
			for (int part = random.nextInt(6); part >= 0; part--) {
				json.append(PARTS[random.nextInt(PARTS.length)]);
			}
			json.append('"');
			String decoded = JsonMapper.shared().readValue(json.toString(), String.class);
			boolean expected = Utf8.isWellFormed(decoded);
			assertThat(areWellFormed(json.toString())).as("%s", json).isEqualTo(expected);
			refused += (expected) ? 0 : 1;
		}
		assertThat(refused).isBetween(10_000, 45_000);
	}

	private static boolean areWellFormed(String json) {
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		return JsonEscapes.areWellFormed(bytes, 0, bytes.length);
	}

}
