package io.clusterspring.expiry;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Deadline}.
 */
class DeadlineTests {

	private static final Instant WALL = Instant.parse("2026-01-01T00:00:00Z");

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	// the monotonic clock may be about to overflow
	private static final long NOW = Long.MAX_VALUE - 5;

	@Test
	void isOverFromItsMomentOn() {
		Deadline deadline = Deadline.at(WALL.plusSeconds(10), WALL, NOW);
		assertThat(deadline.isOver(NOW)).isFalse();
		assertThat(deadline.isOver(NOW + 10 * SECOND - 1)).isFalse();
		assertThat(deadline.isOver(NOW + 10 * SECOND)).isTrue();
		assertThat(deadline.epochMillis()).isEqualTo(WALL.plusSeconds(10).toEpochMilli());
	}

	@Test
	void pastMomentIsOver() {
		assertThat(Deadline.at(WALL.minusNanos(1), WALL, NOW).isOver(NOW)).isTrue();
		assertThat(Deadline.at(WALL, WALL, NOW).isOver(NOW)).isTrue();
	}

	@Test
	void comesNearBeforeItsMoment() {
		Deadline deadline = Deadline.at(WALL.plusSeconds(10), WALL, NOW);
		assertThat(deadline.isWithin(3 * SECOND, NOW + 7 * SECOND - 1)).isFalse();
		assertThat(deadline.isWithin(3 * SECOND, NOW + 7 * SECOND)).isTrue();
		assertThat(deadline.millisLeft(NOW + 7 * SECOND)).isEqualTo(3000);
		assertThat(deadline.millisLeft(NOW + 11 * SECOND)).isZero();
	}

	@Test
	void farthestMomentsDoNotOverflow() {
		assertThat(Deadline.at(Instant.MAX, WALL, NOW).isOver(NOW)).isFalse();
		assertThat(Deadline.at(Instant.MIN, WALL, NOW).isOver(NOW)).isTrue();
	}

	@Test
	void wallClockIsReadOnce() {
		long now = System.nanoTime();
		assertThat(Deadline.at(Instant.now().plusSeconds(60), now).millisLeft(now)).isBetween(50_000L, 60_000L);
	}

}
