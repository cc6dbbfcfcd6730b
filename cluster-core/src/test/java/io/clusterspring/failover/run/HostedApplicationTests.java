package io.clusterspring.failover.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;
import io.clusterspring.failover.StartReason;
import io.clusterspring.failover.decision.CallResult;
import io.clusterspring.mailbox.ManualTimer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests the calls of {@link HostedApplication} and their results. The test advances the
 * time and runs the calls; calls that hang have a thread.
 */
class HostedApplicationTests implements HostedApplication.Listener {

	private static final StartReason REASON = new StartReason(StartReason.Type.NORMAL, null, 1);

	private static final Placement PLACEMENT = new Placement(List.of(), Duration.ZERO, Quorum.NONE,
			Placement.DEFAULT_LEASE, Duration.ofSeconds(10), Duration.ofSeconds(2));

	private final List<String> history = new CopyOnWriteArrayList<>();

	private final List<Runnable> calls = new ArrayList<>();

	private final AtomicBoolean allowed = new AtomicBoolean(true);

	private final ManualTimer timer = new ManualTimer();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch release = new CountDownLatch(1);

	private final CountDownLatch stopRelease = new CountDownLatch(1);

	private Throwable failure;

	private volatile Hanging starts = Hanging.NOT;

	private volatile Hanging stops = Hanging.NOT;

	private final HostedApplication hosted = new HostedApplication(new Recorded(), PLACEMENT, this.calls::add,
			this.timer);

	private final HostedApplication threaded = new HostedApplication(new Recorded(), PLACEMENT, this.threads,
			this.timer);

	@AfterEach
	void end() {
		this.release.countDown();
		this.stopRelease.countDown();
		this.threads.shutdownNow();
	}

	@Test
	void aStartWhoseTermHasEndedBeforeItsTurnIsNotMade() {
		this.hosted.start(REASON, this.allowed::get, this);
		this.allowed.set(false);
		happen();
		assertThat(this.history).containsExactly("told: stopped");
		this.hosted.stop(this);
		happen();
		assertThat(this.history).as("what was not started is not stopped")
			.containsExactly("told: stopped", "told: stopped");
	}

	@Test
	void anErrorOfAStartIsAFailureAsAnyOther() {
		this.failure = new NoClassDefFoundError("as it should");
		this.hosted.start(REASON, this.allowed::get, this);
		happen();
		assertThat(this.history).containsExactly("start", "told: failed");
	}

	@Test
	void anErrorOfAStopIsToldAsAStop() {
		this.hosted.start(REASON, this.allowed::get, this);
		happen();
		this.failure = new StackOverflowError("as it should");
		this.hosted.stop(this);
		happen();
		assertThat(this.history).containsExactly("start", "told: started", "stop", "told: stopped");
	}

	@Test
	void aStartThatIsInTimeIsNotInterrupted() {
		this.hosted.start(REASON, this.allowed::get, this);
		happen();
		this.timer.advance(20, TimeUnit.SECONDS);
		assertThat(this.history).containsExactly("start", "told: started");
	}

	@Test
	void aStartThatTakesTooLongIsInterruptedAndFails() {
		this.starts = Hanging.UNTIL_INTERRUPTED;
		startOnAThread();
		this.timer.advance(9, TimeUnit.SECONDS);
		assertThat(this.history).containsExactly("start");
		this.timer.advance(1, TimeUnit.SECONDS);
		awaitHistory("start", "told: start hangs", "told: failed", "told: came back");
	}

	@Test
	void aStartThatIgnoresItIsNotOverUntilItComesBackAndIsThenStopped() {
		this.starts = Hanging.WHATEVER_HAPPENS;
		startOnAThread();
		this.timer.advance(60, TimeUnit.SECONDS);
		assertThat(this.history).containsExactly("start", "told: start hangs");
		this.release.countDown();
		awaitHistory("start", "told: start hangs", "stop", "told: failed", "told: came back");
	}

	@Test
	void stopAfterALateStartHasItsTimeout() {
		this.starts = Hanging.WHATEVER_HAPPENS;
		this.stops = Hanging.UNTIL_INTERRUPTED;
		startOnAThread();
		this.timer.advance(10, TimeUnit.SECONDS);
		this.release.countDown();
		await().until(() -> this.history.contains("stop"));
		this.timer.advance(2, TimeUnit.SECONDS);
		awaitHistory("start", "told: start hangs", "stop", "told: stop hangs", "told: came back");
	}

	@Test
	void aStopInterruptsAStartThatStillGoesOnAfterHalfOfItsTime() {
		this.starts = Hanging.UNTIL_INTERRUPTED;
		startOnAThread();
		this.threaded.stop(this);
		this.timer.advance(900, TimeUnit.MILLISECONDS);
		assertThat(this.history).containsExactly("start");
		this.timer.advance(100, TimeUnit.MILLISECONDS);
		awaitHistory("start", "told: failed", "told: stopped");
	}

	@Test
	void aStopDoesNotGiveUpOnAStartThatIgnoresIt() {
		this.starts = Hanging.WHATEVER_HAPPENS;
		startOnAThread();
		this.threaded.stop(this);
		this.timer.advance(60, TimeUnit.SECONDS);
		assertThat(this.history).containsExactly("start", "told: start hangs");
		this.release.countDown();
		awaitHistory("start", "told: start hangs", "stop", "told: failed", "told: came back", "told: stopped");
	}

	@Test
	void aStopThatTakesTooLongIsOver() {
		this.stops = Hanging.WHATEVER_HAPPENS;
		startOnAThread();
		await().until(() -> this.history.contains("told: started"));
		this.threaded.stop(this);
		await().until(() -> this.history.contains("stop"));
		this.timer.advance(2, TimeUnit.SECONDS);
		assertThat(this.history).containsExactly("start", "told: started", "stop", "told: stop hangs");
		this.stopRelease.countDown();
		awaitHistory("start", "told: started", "stop", "told: stop hangs", "told: came back");
	}

	private void startOnAThread() {
		this.threaded.start(REASON, this.allowed::get, this);
		await().until(() -> this.history.contains("start"));
	}

	private void awaitHistory(String... lines) {
		await().untilAsserted(() -> assertThat(this.history).containsExactly(lines));
	}

	private void happen() {
		while (!this.calls.isEmpty()) {
			this.calls.remove(0).run();
		}
	}

	@Override
	public void called(CallResult result, Throwable thrown) {
		this.history.add("told: " + result.name().toLowerCase(Locale.ROOT).replace('_', ' '));
	}

	private enum Hanging {

		NOT, UNTIL_INTERRUPTED, WHATEVER_HAPPENS

	}

	private final class Recorded implements DistributedApplication {

		@Override
		public String name() {
			return "app";
		}

		@Override
		public void start(StartReason reason) throws InterruptedException {
			happened("start", HostedApplicationTests.this.starts);
		}

		@Override
		public void stop() throws InterruptedException {
			happened("stop", HostedApplicationTests.this.stops);
		}

		private void happened(String call, Hanging hanging) throws InterruptedException {
			HostedApplicationTests.this.history.add(call);
			if (HostedApplicationTests.this.failure instanceof Error error) {
				throw error;
			}
			CountDownLatch release = call.equals("start") ? HostedApplicationTests.this.release
					: HostedApplicationTests.this.stopRelease;
			while (hanging != Hanging.NOT && release.getCount() > 0) {
				try {
					release.await();
				}
				catch (InterruptedException ex) {
					if (hanging == Hanging.UNTIL_INTERRUPTED) {
						throw ex;
					}
				}
			}
		}

	}

}
