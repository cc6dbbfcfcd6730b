package io.clusterspring.channel.longpoll;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.fuzz.DecoderFuzz;
import io.clusterspring.text.Utf8;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzz tests for the decoders of long polling: malformed input is refused.
 */
class LongPollFuzzTests {

	@Test
	void bodies() {
		DecoderFuzz.fuzz("poll-body", IllegalArgumentException.class, (input) -> {
			List<ByteBuffer> texts = new ArrayList<>();
			List<ByteBuffer> binaries = new ArrayList<>();
			new PollBody(input.array(), true).forEach(texts::add, binaries::add);
			new PollBody(input.array(), false).forEach(texts::add, binaries::add);
			return () -> {
				assertThat(texts).isNotEmpty().allSatisfy(Utf8::decode);
				int size = binaries.stream().mapToInt(ByteBuffer::remaining).sum();
				assertThat(size).isLessThanOrEqualTo(input.array().length);
			};
		});
	}

	@Test
	void tokens() {
		DecoderFuzz.fuzz("poll-token", IllegalArgumentException.class, (input) -> {
			LongPollToken token = LongPollToken.parse(new String(input.array(), StandardCharsets.UTF_8));
			if (token == null) {
				throw new IllegalArgumentException("no token");
			}
			return () -> assertThat(LongPollToken.parse(token.text())).isEqualTo(token);
		});
	}

}
