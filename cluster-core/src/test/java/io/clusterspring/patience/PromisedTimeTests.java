package io.clusterspring.patience;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PromisedTimeTests {

	private final List<Integer> attempts = new ArrayList<>();

	@Test
	void oneAttemptIsEnoughIfItIsInTime() throws Exception {
		PromisedTime.isMet(100, "it is over", (number) -> taking(99, number));
		assertThat(this.attempts).containsExactly(1);
	}

	@Test
	void lateOneIsTriedAgain() throws Exception {
		PromisedTime.isMet(100, "it is over", (number) -> taking((number < 5) ? 100 : 99, number));
		assertThat(this.attempts).containsExactly(1, 2, 3, 4, 5);
	}

	@Test
	void promiseThatIsNeverMetIsBroken() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> PromisedTime.isMet(100, "it is over", (number) -> taking(100, number)))
			.withMessageContaining("until it is over");
		assertThat(this.attempts).hasSize(5);
	}

	private long taking(long millis, int number) {
		this.attempts.add(number);
		return millis;
	}

}
