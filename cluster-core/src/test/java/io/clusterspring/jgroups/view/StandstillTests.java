package io.clusterspring.jgroups.view;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StandstillTests {

	private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5);

	private final Standstill standstill = new Standstill(2000, START);

	@Test
	void processThatMovesHasNotStoodStill() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.standstill.isRecent(at(250 * i))).isFalse();
			this.standstill.move(at(250 * i));
		}
	}

	@Test
	void standstillIsKnownBeforeTheProcessMoves() {
		this.standstill.move(at(250));
		assertThat(this.standstill.isRecent(at(2000))).isFalse();
		assertThat(this.standstill.isRecent(at(9000))).isTrue();
	}

	@Test
	void standstillIsRecentForASecond() {
		this.standstill.move(at(250));
		this.standstill.move(at(9000));
		assertThat(this.standstill.isRecent(at(9000))).isTrue();
		assertThat(this.standstill.isRecent(at(9900))).isTrue();
		this.standstill.move(at(10_000));
		assertThat(this.standstill.isRecent(at(10_001))).isFalse();
	}

	private static long at(long millis) {
		return START + TimeUnit.MILLISECONDS.toNanos(millis);
	}

}
