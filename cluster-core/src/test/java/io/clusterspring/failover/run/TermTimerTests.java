package io.clusterspring.failover.run;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.clusterspring.failover.time.Moment;
import io.clusterspring.mailbox.ManualTimer;

import static org.assertj.core.api.Assertions.assertThat;

class TermTimerTests {

	private final ManualTimer timer = new ManualTimer();

	private final AtomicInteger ends = new AtomicInteger();

	private final TermTimer terms = new TermTimer(this.timer, this.ends::incrementAndGet);

	@Test
	void itTellsAtTheEndAndOnce() {
		set(1000);
		this.timer.advance(999, TimeUnit.MILLISECONDS);
		set(1);
		assertThat(this.ends).hasValue(0);
		this.timer.advance(1, TimeUnit.MILLISECONDS);
		assertThat(this.ends).hasValue(1);
		this.timer.advance(1, TimeUnit.HOURS);
		assertThat(this.ends).hasValue(1);
	}

	@Test
	void aTermThatIsRenewedEndsLater() {
		set(1000);
		this.timer.advance(500, TimeUnit.MILLISECONDS);
		set(1000);
		this.timer.advance(999, TimeUnit.MILLISECONDS);
		assertThat(this.ends).hasValue(0);
		this.timer.advance(1, TimeUnit.MILLISECONDS);
		assertThat(this.ends).hasValue(1);
	}

	@Test
	void withoutATermThereIsNoEnd() {
		set(1000);
		this.terms.set(Long.MAX_VALUE, now());
		this.timer.advance(1, TimeUnit.HOURS);
		assertThat(this.ends).hasValue(0);
	}

	@Test
	void termThatIsOverEndsAtOnce() {
		set(-5);
		this.timer.advance(0, TimeUnit.MILLISECONDS);
		assertThat(this.ends).hasValue(1);
	}

	private void set(long millis) {
		this.terms.set(TimeUnit.MILLISECONDS.toNanos(millis), now());
	}

	private Moment now() {
		return new Moment(this.timer.nanoTime(), 0, 0);
	}

}
