package io.clusterspring.benchmarks.many;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the figures of {@link ManyTable}.
 */
class ManyTableTests {

	private final ManyTable.Row row = new ManyTable.Row();

	@Test
	void trafficIsThatOfOneNodeAndSecond() {
		this.row.idle(0.25, new Traffic(4000, 800_000), Duration.ofSeconds(20), 10);
		assertThat(this.row.cells()).containsExactly("25.0", "20", "4.0");
	}

	@Test
	void broadcastCostsWhatIdleNodesDoNotTake() {
		this.row.broadcasts(0.27, 0.25, ManySettings.of("--rate=100"), 0, 3);
		assertThat(this.row.cells()).containsExactly("27.0", "200", "0", "3");
		assertThat(this.row.isValid()).isTrue();
	}

	@Test
	void startIsWithoutTheBootBefore() {
		this.row.start(TimeUnit.MILLISECONDS.toNanos(1500), TimeUnit.SECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(12));
		assertThat(this.row.cells()).containsExactly("1.50", "2.0", "10.0");
	}

	@Test
	void rowIsNotValidIfMessagesOrNodesAreLost() {
		this.row.lies(1);
		assertThat(this.row.isValid()).isFalse();
		ManyTable.Row other = new ManyTable.Row();
		other.broadcasts(0, 0, ManySettings.of(), -2, 0);
		assertThat(other.isValid()).isFalse();
		assertThat(other.cells()).endsWith("2", "0");
	}

	@Test
	void atLeastOneNodeDies() {
		assertThat(ManySettings.group(3)).isEqualTo(1);
		assertThat(ManySettings.group(50)).isEqualTo(5);
	}

}
