package io.clusterspring.patience;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LongPatienceTests {

	@Test
	void waitsAreLongerThanAwaitilityWouldHaveThem() {
		AtomicLong remaining = new AtomicLong();
		await().conditionEvaluationListener((condition) -> remaining.set(condition.getRemainingTimeInMS()))
			.until(() -> true);
		assertThat(remaining.get()).as("milliseconds").isGreaterThan(20_000);
	}

}
