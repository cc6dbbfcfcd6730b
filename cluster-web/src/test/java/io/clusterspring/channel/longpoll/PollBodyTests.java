package io.clusterspring.channel.longpoll;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PollBody}.
 */
class PollBodyTests {

	private final List<String> heard = new ArrayList<>();

	@Test
	void isOneMessage() {
		read("[1,\n2]", false);
		assertThat(this.heard).containsExactly("text [1,\n2]");
	}

	@Test
	void mayHaveAMessageInEachLine() {
		read("[1,\"é\"]\n{\"topic\":1}\r\n\nAQL/\n[3]\n", true);
		assertThat(this.heard).containsExactly("text [1,\"é\"]", "text {\"topic\":1}", "binary 0102ff", "text [3]");
	}

	@Test
	void messagesHaveAccessibleArrays() {
		bytes("[1]\n[2]", true).forEach((text) -> {
			assertThat(text.hasArray()).isTrue();
			assertThat(text.array()[text.arrayOffset() + text.position()]).isEqualTo((byte) '[');
		}, (binary) -> {
		});
	}

	@Test
	void malformedLineIsRefusedAfterTheLinesBeforeIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> read("[1]\nnot base64!\n[2]", true));
		assertThat(this.heard).containsExactly("text [1]");
	}

	@Test
	void invalidUtf8IsRefused() {
		PollBody body = new PollBody("[\"é\"]".getBytes(StandardCharsets.ISO_8859_1), false);
		assertThatIllegalArgumentException().isThrownBy(() -> body.forEach(this::text, this::binary));
		assertThat(this.heard).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "null",
			value = { "application/x-ndjson | true", "application/x-ndjson; charset=utf-8 | true",
					"Application/X-NDJSON | true", "application/json | false", "text/plain | false", "null | false" })
	void contentTypeDecidesWhetherLinesAreMessages(String contentType, boolean lines) {
		assertThat(PollBody.hasLines(contentType)).isEqualTo(lines);
	}

	private void read(String text, boolean lines) {
		bytes(text, lines).forEach(this::text, this::binary);
	}

	private static PollBody bytes(String text, boolean lines) {
		return new PollBody(text.getBytes(StandardCharsets.UTF_8), lines);
	}

	private void text(ByteBuffer text) {
		this.heard.add("text " + StandardCharsets.UTF_8.decode(text));
	}

	private void binary(ByteBuffer binary) {
		this.heard.add("binary " + HexFormat.of().formatHex(binary.array(), binary.position(), binary.limit()));
	}

}
