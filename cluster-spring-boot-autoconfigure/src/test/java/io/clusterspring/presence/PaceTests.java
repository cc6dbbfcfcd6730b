package io.clusterspring.presence;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * At once, then once at the end of each interval.
 */
class PaceTests {

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

	private final AtomicInteger acted = new AtomicInteger();

	private final AtomicInteger idle = new AtomicInteger();

	@AfterEach
	void stop() {
		this.timer.shutdownNow();
	}

	private Pace pace(Duration interval) {
		return new Pace(new Pace.Timing(this.timer, interval), this.acted::incrementAndGet, this.idle::incrementAndGet);
	}

	@Test
	void firstIsDoneAtOnceAndTheRestWaits() {
		Pace pace = pace(Duration.ofHours(1));
		for (int i = 0; i < 10; i++) {
			pace.ask();
		}
		assertThat(this.acted).hasValue(1);
		assertThat(this.idle).hasValue(0);
	}

	@Test
	void whatIsAskedForMeanwhileIsDoneOnceAtTheEnd() {
		Pace pace = pace(Duration.ofMillis(500));
		pace.ask();
		pace.ask();
		pace.ask();
		await().until(() -> this.idle.get() == 1);
		assertThat(this.acted).hasValue(2);
		pace.ask();
		assertThat(this.acted).hasValue(3);
		await().until(() -> this.idle.get() == 2);
		assertThat(this.acted).hasValue(3);
	}

	@Test
	void whatFailsIsDoneAgainWhenItIsAskedFor() {
		Pace pace = new Pace(new Pace.Timing(this.timer, Duration.ZERO), () -> {
			if (this.acted.incrementAndGet() == 1) {
				throw new StackOverflowError("as it should");
			}
		}, this.idle::incrementAndGet);
		pace.ask();
		await().until(() -> this.idle.get() == 1);
		pace.ask();
		assertThat(this.acted).hasValue(2);
	}

	@Test
	void nothingFailsWhenTheTimerHasStopped() {
		this.timer.shutdownNow();
		pace(Duration.ZERO).ask();
		assertThat(this.acted).hasValue(1);
	}

}
