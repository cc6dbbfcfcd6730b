package io.clusterspring.http.publish;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.fuzz.DecoderFuzz;
import io.clusterspring.http.TopicNames;
import io.clusterspring.text.Utf8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the bodies of requests to publish.
 */
class PublishBodyTests {

	@Test
	void oneMessage() {
		assertThat(read("{\"event\":\"news\",\"payload\":{\"n\":1.10,\"s\":\"\\u00e9\"}}"))
			.containsExactly("news {\"n\":1.10,\"s\":\"\\u00e9\"}");
		assertThat(read(" {\"payload\" : {} , \"event\" : \"news\"} \n")).containsExactly("news {}");
		assertThat(read("{\"event\":\"news\"}")).containsExactly("news {}");
	}

	@Test
	void plainPayloadIsAnyJson() {
		assertThat(read("[{\"payload\":null},{\"payload\":12345678901234567890.5},{\"payload\":[1, 2]},"
				+ "{\"payload\":\"text\"}]"))
			.containsExactly("null null", "null 12345678901234567890.5", "null [1, 2]", "null \"text\"");
	}

	@Test
	void batchHasAnOrderAndALimit() {
		String two = "[{\"event\":\"a\"},{\"event\":\"b\",\"payload\":{\"x\":[{}]}}]";
		assertThat(read(two)).containsExactly("a {}", "b {\"x\":[{}]}");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> read("[{\"event\":\"a\"},{\"event\":\"b\"},{\"event\":\"c\"},{\"event\":\"d\"},"
					+ "{\"event\":\"e\"},{\"event\":\"f\"}]"))
			.withMessageContaining("cluster.http.publish.max-batch");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "null", "\"text\"", "7", "[]", "{}", "[[]]", "[{}]", "{\"event\":1}",
			"{\"event\":null}", "{\"event\":\"\"}", "{\"event\":\"phx_close\"}", "{\"event\":\"a\\r\\nb\"}",
			"{\"event\":\"a\",\"payload\":1}", "{\"event\":\"a\",\"payload\":[]}", "{\"event\":\"a\",\"event\":\"b\"}",
			"{\"payload\":1,\"payload\":2}", "{\"event\":\"a\",\"topic\":\"b\"}", "{\"event\":\"a\"}{}",
			"{\"event\":\"a\"} x", "{\"event\":\"a\",}", "{'event':'a'}", "{\"event\":\"a\"",
			"{\"payload\":\"\\ud83d\"}", "{\"event\":\"\\ud83d\"}", "{\"payload\":NaN}", "{\"payload\":01}",
			"\ufeff{\"event\":\"a\"}", "{\"event\":\"a\",\"payload\":{\"x\":}}" })
	void anythingElseIsRefused(String body) {
		assertThatIllegalArgumentException().isThrownBy(() -> read(body));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"event\":\"a\"", "[", "{\"event\":\"a\",}", "nonsense", "{\"payload\":01}" })
	void placeIsNamedWithoutASource(String body) {
		assertThatIllegalArgumentException().isThrownBy(() -> read(body))
			.withMessageMatching("The body is not JSON: [^\\[]+, in line 1, column \\d+");
	}

	@Test
	void badUtf8IsRefusedEverywhere() {
		for (byte bad : new byte[] { (byte) 0xFF, (byte) 0xC3, (byte) 0x80, (byte) 0xED }) {
			byte[] body = "{\"payload\":\"#\"}".getBytes(StandardCharsets.US_ASCII);
			body[12] = bad;
			assertThatIllegalArgumentException().isThrownBy(() -> PublishBody.read(body, 5))
				.withMessageContaining("UTF-8");
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> PublishBody.read("{\"event\":\"a\"}".getBytes(StandardCharsets.UTF_16BE), 5));
	}

	@Test
	void deepNestingIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> read("{\"payload\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"));
	}

	@Test
	void decoderTakesItOrSaysNo() {
		List<byte[]> accepted = List.of(bytes("{\"event\":\"news\",\"payload\":{\"n\":1,\"s\":\"é🎈\\u00e9\"}}"),
				bytes("[{\"event\":\"a\"},{\"payload\":[1,2,{\"x\":null}]}]"));
		DecoderFuzz.fuzz(accepted, IllegalArgumentException.class, (input) -> {
			List<OutsideMessage> messages = PublishBody.read(input.array(), 5);
			return () -> assertThat(messages).hasSizeBetween(1, 5).allSatisfy((message) -> {
				assertThat(Utf8.decode(message.payload())).isNotEmpty();
				if (message.event() != null) {
					TopicNames.requireEvent(message.event());
				}
			});
		});
	}

	private static List<String> read(String body) {
		return PublishBody.read(bytes(body), 5)
			.stream()
			.map((message) -> message.event() + " " + Utf8.decode(message.payload()))
			.toList();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
