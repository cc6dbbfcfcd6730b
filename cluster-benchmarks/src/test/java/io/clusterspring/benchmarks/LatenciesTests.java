package io.clusterspring.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Latencies}.
 */
class LatenciesTests {

	private final Latencies latencies = new Latencies();

	@Test
	void tellsBelowWhatAPartOfThemAre() {
		LongStream.rangeClosed(1, 100).forEach((millis) -> this.latencies.add(TimeUnit.MILLISECONDS.toNanos(millis)));
		assertThat(this.latencies.count()).isEqualTo(100);
		assertThat(this.latencies.millis(0.5)).isEqualTo(50);
		assertThat(this.latencies.millis(0.99)).isEqualTo(99);
		assertThat(this.latencies.millis(1)).isEqualTo(100);
	}

	@Test
	void takesWhatIsOutOfItsRangeAsItsEnds() {
		this.latencies.add(-5);
		this.latencies.add(TimeUnit.MINUTES.toNanos(1));
		assertThat(this.latencies.millis(0.5)).isZero();
		assertThat(this.latencies.millis(1)).isEqualTo(10_000);
	}

	@Test
	void beginsAnew() {
		this.latencies.add(TimeUnit.SECONDS.toNanos(1));
		this.latencies.clear();
		this.latencies.add(TimeUnit.MILLISECONDS.toNanos(1));
		assertThat(this.latencies.count()).isEqualTo(1);
		assertThat(this.latencies.millis(1)).isEqualTo(1);
	}

}
