package io.clusterspring.benchmarks.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StompFrames}.
 */
class StompFramesTests {

	@ParameterizedTest
	@ValueSource(ints = { StompFrames.HEAD, 100, 1000 })
	void aBodySaysWhichRunItIsOfAndWhenItWasSent(int size) {
		ByteBuffer frame = StompFrames.send("/topic/a", 42, Long.MAX_VALUE, size);
		int body = frame.limit() - 1 - size;
		assertThat(StompFrames.run(frame, body)).isEqualTo(42);
		assertThat(StompFrames.time(frame, body)).isEqualTo(Long.MAX_VALUE);
		assertThat(StandardCharsets.US_ASCII.decode(frame).toString()).contains("SEND\ndestination:/topic/a\n")
			.endsWith("\0");
	}

}
