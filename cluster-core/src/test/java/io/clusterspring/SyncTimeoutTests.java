package io.clusterspring;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SyncTimeoutTests {

	@ParameterizedTest
	@CsvSource({ "10000,10000", "1,1", "250ms,250", "10s,10000", "2m,120000", "1h,3600000", "1d,86400000",
			"' 5S ',5000" })
	void readsNumbersAsMillisecondsAndUnits(String text, long millis) {
		assertThat(SyncTimeout.of(text).limit()).isEqualTo(Duration.ofMillis(millis));
	}

	@Test
	void infinityIsNoLimit() {
		assertThat(SyncTimeout.of("infinity").limit()).isNull();
		assertThat(SyncTimeout.of("infinity")).hasToString("infinity");
	}

	@Test
	void readsTheNumberThatYamlGives() {
		assertThat(SyncTimeout.of(10000)).isEqualTo(SyncTimeout.of("10s")).hasToString("10000 ms");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "0s", "0ms", "", " " })
	void zeroAndNothingMeanNotToWait(String text) {
		assertThat(SyncTimeout.of(text).isZero()).isTrue();
		assertThat(SyncTimeout.of(0)).isEqualTo(SyncTimeout.of(text));
		assertThat(SyncTimeout.of("1ms").isZero()).isFalse();
		assertThat(SyncTimeout.of("infinity").isZero()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "-10s", "soon", "10 parsecs", "1.5s", "infinite" })
	void refusesAnythingElse(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> SyncTimeout.of(text)).withMessageContaining("infinity");
	}

}
