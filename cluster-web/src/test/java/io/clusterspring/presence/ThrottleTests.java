package io.clusterspring.presence;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Throttle}.
 */
class ThrottleTests {

	@AutoClose("shutdownNow")
	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

	private final AtomicInteger runs = new AtomicInteger();

	private final AtomicInteger idle = new AtomicInteger();

	private Throttle throttle(Duration interval) {
		return new Throttle(this.timer, interval, this.runs::incrementAndGet, this.idle::incrementAndGet);
	}

	@Test
	void firstRequestRunsAtOnceAndOthersWait() {
		Throttle throttle = throttle(Duration.ofHours(1));
		for (int i = 0; i < 10; i++) {
			throttle.request();
		}
		assertThat(this.runs).hasValue(1);
		assertThat(this.idle).hasValue(0);
	}

	@Test
	void requestsDuringAnIntervalRunOnceAtItsEnd() {
		Throttle throttle = throttle(Duration.ofMillis(500));
		throttle.request();
		throttle.request();
		throttle.request();
		await().until(() -> this.idle.get() == 1);
		assertThat(this.runs).hasValue(2);
		throttle.request();
		assertThat(this.runs).hasValue(3);
		await().until(() -> this.idle.get() == 2);
		assertThat(this.runs).hasValue(3);
	}

	@Test
	void failedActionRunsAgainAtTheNextRequest() {
		Throttle throttle = new Throttle(this.timer, Duration.ZERO, () -> {
			if (this.runs.incrementAndGet() == 1) {
				throw new StackOverflowError("as it should");
			}
		}, this.idle::incrementAndGet);
		throttle.request();
		await().until(() -> this.idle.get() == 1);
		throttle.request();
		assertThat(this.runs).hasValue(2);
	}

	@Test
	void nothingFailsWhenTheTimerHasStopped() {
		this.timer.shutdownNow();
		throttle(Duration.ZERO).request();
		assertThat(this.runs).hasValue(1);
	}

}
