package io.clusterspring.mailbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TickerTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final ManualTimer timer = new ManualTimer();

	private final AtomicInteger done = new AtomicInteger();

	private final AtomicInteger others = new AtomicInteger();

	@ParameterizedTest
	@ValueSource(classes = { IllegalStateException.class, StackOverflowError.class, OutOfMemoryError.class,
			InterruptedException.class })
	void tickerContinuesAfterAnyThrowable(Class<? extends Throwable> type) throws Exception {
		Throwable thrown = type.getConstructor(String.class).newInstance("as it should");
		Ticker ticker = ticker(() -> {
			if (this.done.incrementAndGet() < 4) {
				doThrow(thrown);
			}
		}, this.others::incrementAndGet);
		ticker.start();
		this.timer.advance(3, TimeUnit.SECONDS);
		assertThat(this.done).hasValue(3);
		assertThat(this.others).as("what is done beside it").hasValue(3);
		assertThat(ticker.failures()).containsOnlyKeys("watch").containsEntry("watch", thrown.toString());
		this.timer.advance(1, TimeUnit.SECONDS);
		assertThat(this.done).hasValue(4);
		assertThat(ticker.failures()).isEmpty();
	}

	@Test
	void itWaitsFromTheEndOfOneRunToTheNext() {
		Ticker ticker = ticker(() -> {
			this.done.incrementAndGet();
			this.timer.advance(500, TimeUnit.MILLISECONDS);
		});
		ticker.start();
		this.timer.advance(3, TimeUnit.SECONDS);
		assertThat(this.done).hasValue(2);
	}

	@Test
	void itCanBeStoppedAndStartedAgain() {
		Ticker ticker = ticker(this.done::incrementAndGet);
		assertThat(ticker.isRunning()).isFalse();
		ticker.start();
		ticker.start();
		this.timer.advance(1, TimeUnit.SECONDS);
		assertThat(this.done).as("started twice is started once").hasValue(1);
		ticker.stop();
		this.timer.advance(100, TimeUnit.SECONDS);
		assertThat(ticker.failures()).isEmpty();
		assertThat(this.done).hasValue(1);
		ticker.start();
		this.timer.advance(1, TimeUnit.SECONDS);
		assertThat(ticker.isRunning()).isTrue();
		assertThat(this.done).hasValue(2);
		ticker.close();
		assertThat(ticker.isRunning()).isFalse();
	}

	@Test
	void aRunThatHangsIsSeenAndIsTheOnlyOne() {
		CountDownLatch end = new CountDownLatch(1);
		ManualTimer clock = this.timer;
		Ticker ticker = new Ticker(null, clock::nanoTime, "watch", Duration.ofMillis(1), () -> {
			this.done.incrementAndGet();
			uninterrupted(end);
		});
		ticker.start();
		await().until(() -> this.done.get() == 1);
		assertThat(ticker.failures()).isEmpty();
		clock.advance(12, TimeUnit.SECONDS);
		assertThat(ticker.failures()).containsEntry("watch", "has not run for 11 s");
		ticker.stop();
		ticker.start();
		await().pollDelay(Duration.ofMillis(50)).until(() -> this.done.get() == 1);
		end.countDown();
		await().until(() -> this.done.get() > 2);
		ticker.stop();
	}

	@Test
	void itsThreadIsADaemonWithItsName() {
		StringBuffer seen = new StringBuffer();
		Ticker ticker = Ticker.withThread("cluster-watch", Duration.ofMillis(1),
				() -> seen.append(Thread.currentThread().getName()).append(Thread.currentThread().isDaemon()));
		ticker.start();
		await().until(() -> seen.indexOf("cluster-watchtrue") == 0);
		ticker.stop();
	}

	private Ticker ticker(Runnable... tasks) {
		return new Ticker(this.timer, this.timer::nanoTime, "watch", SECOND, tasks);
	}

	private static void uninterrupted(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void doThrow(Throwable thrown) throws T {
		throw (T) thrown;
	}

}
