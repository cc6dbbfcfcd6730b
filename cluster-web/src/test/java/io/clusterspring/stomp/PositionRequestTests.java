package io.clusterspring.stomp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.messaging.MessageHeaders;

import io.clusterspring.history.HistoryPosition;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PositionRequest}.
 */
class PositionRequestTests {

	private static @Nullable PositionRequest of(String... namesAndValues) {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
		}
		return PositionRequest.of(new MessageHeaders(Map.of("nativeHeaders", headers)));
	}

	@Test
	void aFrameWithoutThePositionDoesNotAsk() {
		assertThat(of()).isNull();
		assertThat(of("cluster-last", "5")).isNull();
		assertThat(PositionRequest.of(new MessageHeaders(Map.of()))).isNull();
	}

	@Test
	void allHeadersAreRead() {
		assertThat(of("cluster-position", "AAAAAAAB:7,AAAAAAAC:0", "cluster-away", "1500", "cluster-last", "20"))
			.isEqualTo(
					new PositionRequest(true, HistoryPosition.of(Map.of(1L, 7L, 2L, 0L)), Duration.ofMillis(1500), 20));
		assertThat(of("cluster-position", "")).isEqualTo(new PositionRequest(true, null, null, 0));
	}

	@Test
	void largeNumbersAndFractionsAreTaken() {
		assertThat(of("cluster-position", "", "cluster-away", "12.75", "cluster-last", "999999999"))
			.isEqualTo(new PositionRequest(true, null, Duration.ofMillis(12), 100_000));
		assertThat(of("cluster-position", "", "cluster-away", "999999999999999"))
			.isEqualTo(new PositionRequest(true, null, Duration.ofDays(365), 0));
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			cluster-position, nonsense
			cluster-position, AAAAAAAB:7;
			cluster-position, AAAAAAAB:-7
			cluster-away, -1
			cluster-away, ''
			cluster-away, 1e3
			cluster-away, 1.5.5
			cluster-away, 1.x
			cluster-away, .5
			cluster-away, 9999999999999999
			cluster-last, many
			cluster-last, +1
			""")
	void whatCannotBeReadIsInvalid(String name, String value) {
		PositionRequest request = of("cluster-position", "", name, value);
		assertThat(request).isNotNull();
		assertThat(request.isValid()).isFalse();
	}

	@Test
	void aPositionThatIsTooLongIsInvalid() {
		assertThat(of("cluster-position", "AAAAAAAB:7,".repeat(2000) + "AAAAAAAB:7").isValid()).isFalse();
	}

}
