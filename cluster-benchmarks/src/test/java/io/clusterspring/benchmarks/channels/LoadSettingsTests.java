package io.clusterspring.benchmarks.channels;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LoadSettings}.
 */
class LoadSettingsTests {

	@Test
	void haveDefaults() {
		LoadSettings settings = LoadSettings.of();
		assertThat(settings.loads()).containsExactly("closed", "echo", "fanout", "idle", "connects");
		assertThat(settings.clients()).isEqualTo(1000);
		assertThat(settings.time()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void areReadFromArguments() {
		LoadSettings settings = LoadSettings.of("--loads=echo", "--rounds=1", "--warm-up=3", "--idle-clients=5");
		assertThat(settings.loads()).containsExactly("echo");
		assertThat(settings.rounds()).isEqualTo(1);
		assertThat(settings.warmUp()).isEqualTo(Duration.ofSeconds(3));
		assertThat(settings.idleClients()).isEqualTo(5);
	}

	@Test
	void doNotTakeWhatTheyDoNotKnow() {
		assertThatIllegalArgumentException().isThrownBy(() -> LoadSettings.of("--client=5"))
			.withMessageStartingWith("'--client=5' is none of ");
		assertThatIllegalArgumentException().isThrownBy(() -> LoadSettings.of("--rounds"));
	}

}
