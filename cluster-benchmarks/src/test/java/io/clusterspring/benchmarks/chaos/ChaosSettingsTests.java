package io.clusterspring.benchmarks.chaos;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ChaosSettings}.
 */
class ChaosSettingsTests {

	@Test
	void timesAreInSeconds() {
		ChaosSettings settings = ChaosSettings.of("--sleep=12.5", "--down=1,0.5", "--scenarios=start,sleep");
		assertThat(settings.sleep()).isEqualTo(Duration.ofMillis(12_500));
		assertThat(settings.downs()).containsExactly(Duration.ofSeconds(1), Duration.ofMillis(500));
		assertThat(settings.scenarios()).containsExactly(Scenario.START, Scenario.SLEEP);
		assertThat(settings.flap()).isEqualTo(Duration.ofMinutes(5));
	}

	@Test
	void whatMakesNoSenseIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ChaosSettings.of("--scenarios=kill"));
		assertThatIllegalArgumentException().isThrownBy(() -> ChaosSettings.of("--scenarios=start,explode"));
		assertThatIllegalArgumentException().isThrownBy(() -> ChaosSettings.of("--killed=10"));
		assertThatIllegalArgumentException().isThrownBy(() -> ChaosSettings.of("--link=1"));
	}

}
