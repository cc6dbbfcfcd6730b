package io.clusterspring.benchmarks.stomp;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link StompSettings}.
 */
class StompSettingsTests {

	@Test
	void whatIsNotGivenHasADefault() {
		StompSettings settings = StompSettings.of("--seconds=0.5", "--variants=relay");
		assertThat(settings.time()).isEqualTo(Duration.ofMillis(500));
		assertThat(settings.variants()).containsExactly(StompVariant.RELAY);
		assertThat(settings.rates()).containsExactly(20_000, 5_000);
		assertThat(settings.with(List.of()).variants()).isEmpty();
	}

	@Test
	void whatIsUnknownIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> StompSettings.of("--speed=9"))
			.withMessageContaining("speed");
	}

}
