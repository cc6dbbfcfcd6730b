package io.clusterspring.failover.run;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.clusterspring.failover.StartReason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class OneNodeGateTests {

	private static final StartReason NORMAL = new StartReason(StartReason.Type.NORMAL, null, 1);

	private final AtomicBoolean running = new AtomicBoolean(true);

	private static final Set<Thread.State> WAITING = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

	private final OneNodeGate gate = new OneNodeGate("jobs", (name) -> this.running.get());

	private final AtomicInteger calls = new AtomicInteger();

	@Test
	void callsPassFromStartToStop() throws Throwable {
		call();
		assertThat(this.calls.get()).isZero();
		this.gate.start(NORMAL);
		call();
		assertThat(this.calls.get()).isOne();
		this.gate.stop();
		call();
		assertThat(this.calls.get()).isOne();
	}

	@Test
	void noCallPassesOnceTheLeaseIsOver() throws Throwable {
		this.gate.start(NORMAL);
		this.running.set(false);
		call();
		assertThat(this.calls.get()).isZero();
	}

	@Test
	void aCallWithinACallPasses() throws Throwable {
		this.gate.start(NORMAL);
		this.gate.pass(() -> {
			this.running.set(false);
			call();
			return null;
		});
		assertThat(this.calls.get()).isOne();
		call();
		assertThat(this.calls.get()).isOne();
	}

	@Test
	void stopWaitsForCallsUnderWay() throws Exception {
		this.gate.start(NORMAL);
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		CompletableFuture.runAsync(() -> hold(inside, go));
		assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
		Thread stop = new Thread(this::stop);
		stop.start();
		await().until(() -> WAITING.contains(stop.getState()));
		go.countDown();
		stop.join(10_000);
		assertThat(stop.isAlive()).isFalse();
	}

	@Test
	void aStopThatIsInterruptedInterruptsThem() throws Exception {
		this.gate.start(NORMAL);
		CountDownLatch inside = new CountDownLatch(1);
		CompletableFuture<Boolean> interrupted = CompletableFuture
			.supplyAsync(() -> hold(inside, new CountDownLatch(1)));
		assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
		Thread stop = new Thread(this::stop);
		stop.start();
		stop.interrupt();
		assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
		stop.join(10_000);
		assertThat(stop.isAlive()).isFalse();
	}

	private boolean hold(CountDownLatch inside, CountDownLatch go) {
		try {
			this.gate.pass(() -> {
				inside.countDown();
				go.await();
				return null;
			});
			return false;
		}
		catch (InterruptedException ex) {
			return true;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void stop() {
		try {
			this.gate.stop();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void call() throws Throwable {
		this.gate.pass(this.calls::incrementAndGet);
	}

}
