package io.clusterspring.channel.limit;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link HandlerLimits}.
 */
class HandlerLimitsTests {

	@ParameterizedTest
	@CsvSource({ "1, 1, 1", "2, 1, 1", "3, 2, 2", "4, 2, 3", "8, 2, 6", "32, 4, 24", "200, 25, 150" })
	void neitherOneSocketNorOneControllerHasAllThreads(int threads, int perSocket, int perController) {
		HandlerLimits limits = HandlerLimits.DEFAULT.forThreads(threads);
		assertThat(limits.threadsPerSocket()).isEqualTo(perSocket);
		assertThat(limits.threadsPerController()).isEqualTo(perController);
	}

	@Test
	void givenLimitsAreKept() {
		HandlerLimits given = new HandlerLimits(7, 9, Duration.ofSeconds(1), Duration.ofSeconds(2));
		assertThat(given.forThreads(32)).isEqualTo(given);
	}

	@Test
	void timeoutsMustBePositive() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new HandlerLimits(0, 0, Duration.ZERO, Duration.ofSeconds(1)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new HandlerLimits(-1, 0, Duration.ofSeconds(1), Duration.ofSeconds(1)));
	}

}
