package io.clusterspring.benchmarks.stomp;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link Latencies}.
 */
class LatenciesTests {

	private final Latencies latencies = new Latencies();

	@Test
	void sharesAreCounted() {
		for (int i = 1; i <= 100; i++) {
			this.latencies.add(Duration.ofMillis(i).toNanos());
		}
		assertThat(this.latencies.millis(0.5)).isCloseTo(50, within(0.02));
		assertThat(this.latencies.millis(0.99)).isCloseTo(99, within(0.02));
	}

	@Test
	void whatTakesVeryLongCountsAsLong() {
		this.latencies.add(Duration.ofMinutes(1).toNanos());
		assertThat(this.latencies.millis(0.5)).isCloseTo(5000, within(0.02));
	}

}
