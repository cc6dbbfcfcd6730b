package io.clusterspring.benchmarks.chaos;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeardStream}.
 */
class HeardStreamTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final HeardStream stream = new HeardStream("n1");

	@Test
	void aStreamWithoutInterruptionHasNoBreaks() {
		add(5, 6, 7);
		assertThat(report()).isEqualTo(new Heard("n1", 42, 3, 0, 7, 0, 0, 0, report().breaks()));
		assertThat(report().breaks()).isEmpty();
	}

	@Test
	void missingMessagesAreABreak() {
		add(0, 1, 5, 6);
		assertThat(report().breaks()).containsExactly(new Break(101, 1, 2, 2, 3));
	}

	@Test
	void aLongSilenceIsABreakThatMissesNothing() {
		this.stream.add(0, 100, 0, true);
		this.stream.add(1, 103, 3 * SECOND, true);
		assertThat(report().breaks()).containsExactly(new Break(100, 0, 3 * SECOND, 1, 0));
	}

	@Test
	void whatWasMissingAndComesIsLateAndWhatCameAlreadyIsRepeated() {
		add(0, 1, 5, 3, 1, 5, 6);
		assertThat(report().late()).isOne();
		assertThat(report().repeated()).isEqualTo(2);
		assertThat(report().last()).isEqualTo(6);
		assertThat(report().breaks()).hasSize(1);
	}

	@Test
	void messagesFromOutsideAreCounted() {
		this.stream.add(0, 100, 0, true);
		this.stream.add(1, 101, 1, false);
		assertThat(report().outside()).isOne();
	}

	@Test
	void manyBreaksBecomeLongerOnes() {
		for (int i = 0; i < 1000; i++) {
			this.stream.add(2 * i, i, i, true);
		}
		assertThat(report().breaks()).hasSize(500);
		assertThat(report().breaks().stream().mapToLong(Break::missing).sum()).isEqualTo(999);
		assertThat(report().breaks().get(499).to()).isEqualTo(999);
	}

	private void add(long... numbers) {
		for (int i = 0; i < numbers.length; i++) {
			this.stream.add(numbers[i], 100 + i, i, true);
		}
	}

	private Heard report() {
		return this.stream.report(42);
	}

}
