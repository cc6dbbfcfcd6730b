package io.clusterspring.jgroups.guard;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.clusterspring.jgroups.guard.ConnectionGuard.HandshakeBudget;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandshakeBudget}.
 */
class HandshakeBudgetTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final HandshakeBudget budget = new HandshakeBudget();

	private long now = Long.MAX_VALUE - SECOND;

	@Test
	void nodesThatStartTogetherDoNotWait() {
		assertThat(IntStream.range(0, 100).mapToLong((i) -> reserve("10.0.0." + i))).containsOnly(0L);
	}

	@Test
	void oneHostGetsAHundredAtOnceAndFiftyASecond() {
		assertThat(granted("flood", 1000)).isEqualTo(100 + 50);
		this.now += SECOND;
		assertThat(granted("flood", 1000)).isEqualTo(50);
		this.now += 10 * SECOND;
		assertThat(IntStream.range(0, 100).mapToLong((i) -> reserve("flood"))).containsOnly(0L);
	}

	@Test
	void floodOfOneHostDoesNotHoldUpAnother() {
		granted("flood", 1000);
		assertThat(reserve("node")).isZero();
	}

	@Test
	void manyHostsGetNoMoreThanAllMay() {
		long granted = IntStream.range(0, 5000)
			.mapToLong((i) -> reserve("host" + i))
			.filter((wait) -> wait >= 0)
			.count();
		assertThat(granted).isEqualTo(250 + 250);
		this.now += SECOND;
		granted = IntStream.range(0, 5000).mapToLong((i) -> reserve("host" + i)).filter((wait) -> wait >= 0).count();
		assertThat(granted).isEqualTo(250);
	}

	private long granted(String host, int asked) {
		return IntStream.range(0, asked).mapToLong((i) -> reserve(host)).filter((wait) -> wait >= 0).count();
	}

	private long reserve(String host) {
		return this.budget.reserve(host, this.now);
	}

}
