package io.clusterspring.interest;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link LastUse}.
 */
class LastUseTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	// as of a clock that passes zero, and one that overflows
	private final long[] origins = { -5 * SECOND, 0, Long.MAX_VALUE - 5 * SECOND };

	@Test
	void firstUseOfAllIsTheEndOfAnIdleTime() {
		for (long origin : this.origins) {
			LastUse use = new LastUse(origin);
			assertThat(use.isRecent(origin)).isFalse();
			assertThat(use.mark(origin)).isTrue();
			assertThat(use.isRecent(origin)).isTrue();
			assertThat(use.mark(origin)).as("once").isFalse();
		}
	}

	@Test
	void useThatGoesOnStaysRecent() {
		for (long origin : this.origins) {
			LastUse use = new LastUse(origin);
			use.mark(origin);
			for (long now = SECOND / 3; now < 4 * LastUse.IDLE; now += SECOND / 3) {
				assertThat(use.isRecent(origin + now)).isTrue();
				assertThat(use.mark(origin + now)).isFalse();
			}
		}
	}

	@Test
	void ticksAndPublishersAgreeOnTheMomentWhenItIsIdle() {
		for (long origin : this.origins) {
			LastUse use = new LastUse(origin);
			use.mark(origin);
			assertThat(use.isRecent(origin + LastUse.IDLE - 1)).isTrue();
			assertThat(use.isRecent(origin + LastUse.IDLE)).isFalse();
			assertThat(use.mark(origin + LastUse.IDLE)).isTrue();
		}
	}

	@Test
	void useBeforeTheEndOfTheTimeIsNotTheFirstOne() {
		LastUse use = new LastUse(0);
		use.mark(0);
		assertThat(use.mark(LastUse.IDLE - 1)).isFalse();
		assertThat(use.isRecent(2 * LastUse.IDLE - 2)).isTrue();
	}

	@Test
	void clockOfAnotherThreadMayBeBehind() {
		LastUse use = new LastUse(0);
		use.mark(100);
		assertThat(use.mark(99)).isFalse();
		assertThat(use.isRecent(99)).isTrue();
	}

}
