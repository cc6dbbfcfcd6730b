package io.clusterspring.stomp;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReplayBudget}.
 */
class ReplayBudgetTests {

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

	private final ReplayBudget budget = new ReplayBudget(this.now::get);

	@Test
	void replaysOfOneSessionShareItsLimits() {
		assertThat(take(6, 100)).isTrue();
		assertThat(take(5, 100)).as("messages").isFalse();
		assertThat(take(4, 901)).as("bytes").isFalse();
		assertThat(take(4, 900)).isTrue();
		assertThat(take(1, 1)).isFalse();
		assertThat(take(0, 0)).isTrue();
	}

	@Test
	void replayCountsForAPeriod() {
		assertThat(take(6, 100)).isTrue();
		this.now.addAndGet(ReplayBudget.PERIOD.toNanos() / 2);
		assertThat(take(4, 100)).isTrue();
		this.now.addAndGet(ReplayBudget.PERIOD.toNanos() / 2 - 1);
		assertThat(take(1, 1)).isFalse();
		this.now.incrementAndGet();
		assertThat(take(7, 1)).isFalse();
		assertThat(take(6, 900)).isTrue();
		this.now.addAndGet(ReplayBudget.PERIOD.toNanos());
		assertThat(take(10, 1000)).isTrue();
	}

	private boolean take(int messages, long bytes) {
		return this.budget.take(messages, bytes, 10, 1000);
	}

}
