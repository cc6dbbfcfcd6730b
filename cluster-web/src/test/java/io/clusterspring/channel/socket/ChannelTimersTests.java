package io.clusterspring.channel.socket;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.channel.ChannelTimer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ChannelTimers}.
 */
class ChannelTimersTests {

	private static final Runnable NOTHING = () -> {
	};

	private final BlockingQueue<Runnable> channel = new LinkedBlockingQueue<>();

	private final ChannelTimers timers = new ChannelTimers(2, this.channel::add,
			(limit) -> new RejectedExecutionException("" + limit));

	private int runs;

	@ParameterizedTest
	@CsvSource({ "100, 100, 110", "100, 105, 110", "100, 109, 110", "100, 110, 120", "100, 155, 160", "100, 95, 110" })
	void nextMomentIsTheFirstOfTheRowThatHasNotPassed(long due, long now, long next) {
		assertThat(ChannelTimers.next(due, 10, now)).isEqualTo(next);
	}

	@Test
	void timerThatIsCancelledWhileItsRunWaitsDoesNotRun() throws Exception {
		ChannelTimer once = this.timers.after(Duration.ZERO, () -> this.runs++);
		ChannelTimer often = this.timers.every(Duration.ofMillis(1), () -> this.runs++);
		Runnable first = take();
		Runnable second = take();
		once.cancel();
		often.cancel();
		first.run();
		second.run();
		assertThat(this.runs).isZero();
		assertThat(this.channel).isEmpty();
	}

	@Test
	void periodicTimerWaitsAgainAfterItsRunOnly() throws Exception {
		this.timers.every(Duration.ofMillis(1), () -> this.runs++);
		Runnable run = take();
		assertThat(this.channel.poll(20, TimeUnit.MILLISECONDS)).isNull();
		run.run();
		take().run();
		assertThat(this.runs).isEqualTo(2);
	}

	@Test
	void timerMayCancelItselfAndOthersWhileItRuns() throws Exception {
		ChannelTimer[] both = new ChannelTimer[1];
		both[0] = this.timers.every(Duration.ofMillis(1), () -> {
			this.runs++;
			both[0].cancel();
		});
		take().run();
		assertThat(this.channel.poll(20, TimeUnit.MILLISECONDS)).isNull();
		assertThat(this.runs).isEqualTo(1);
	}

	@Test
	void endCancelsAllAndLaterTimersDoNothing() throws Exception {
		this.timers.after(Duration.ZERO, () -> this.runs++);
		Runnable waiting = take();
		this.timers.every(Duration.ofMillis(1), () -> this.runs++);
		this.timers.end();
		this.channel.clear();
		waiting.run();
		this.timers.after(Duration.ZERO, () -> this.runs++).cancel();
		assertThat(this.channel.poll(20, TimeUnit.MILLISECONDS)).isNull();
		assertThat(this.runs).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S", "PT0.0009S", "P9999999D" })
	void periodOfNoUseIsRefused(Duration period) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.timers.every(period, NOTHING));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-0.001S", "P9999999D" })
	void delayOfNoUseIsRefused(Duration delay) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.timers.after(delay, NOTHING));
	}

	private Runnable take() throws InterruptedException {
		Runnable run = this.channel.poll(10, TimeUnit.SECONDS);
		assertThat(run).isNotNull();
		return run;
	}

}
