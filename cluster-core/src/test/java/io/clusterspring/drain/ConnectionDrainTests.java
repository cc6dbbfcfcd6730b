package io.clusterspring.drain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ConnectionDrain}.
 */
class ConnectionDrainTests {

	private final Sockets sockets = new Sockets();

	@ParameterizedTest
	@CsvSource({ "500, 100, 30000, 1000, 500", "500, 100, 30000, 113000, 500", "500, 100, 30000, 226000, 1000",
			"1, 1000, 4000, 100, 25", "10, 0, 1000, 5000, 10", "7, 1000, 0, 100, 100" })
	void batchesAreLargerIfTheTimeoutRequiresIt(int size, int interval, int timeout, int total, int expected) {
		assertThat(settings(size, interval, timeout).batchSizeFor(total)).isEqualTo(expected);
	}

	@Test
	void closesInBatchesAndWaitsForTheLast() {
		ConnectionDrain drain = start(settings(10, 50, 30_000));
		this.sockets.open(35);
		drain.stop();
		assertThat(this.sockets.size()).isZero();
		assertThat(this.sockets.accepting).isFalse();
		assertThat(this.sockets.drainedAt).hasSize(35);
		for (int i = 10; i < 35; i++) {
			assertThat(millis(i - 10, i)).as("%d and %d", i - 10, i).isGreaterThanOrEqualTo(50);
		}
	}

	@Test
	void closesNoConnectionBeforePublishedMessagesArePassedOn() {
		ConnectionDrain drain = start(settings(10, 1, 30_000));
		this.sockets.open(25);
		this.sockets.behind = 20;
		long start = System.nanoTime();
		drain.stop();
		assertThat(this.sockets.asked).as("before each batch").isEqualTo(3);
		assertThat(Duration.ofNanos(this.sockets.drainedAt.get(0) - start)).isGreaterThan(Duration.ofMillis(15));
		assertThat(this.sockets.drainedAt).hasSize(25);
	}

	@Test
	void doesNotWaitForeverForPublishedMessages() {
		ConnectionDrain drain = start(settings(10, 1, 800));
		this.sockets.open(5);
		this.sockets.behind = Integer.MAX_VALUE;
		drain.stop();
		assertThat(this.sockets.drainedAt).hasSize(5);
	}

	@Test
	void alsoClosesConnectionsThatOpenMeanwhile() {
		ConnectionDrain drain = start(settings(10, 0, 30_000));
		this.sockets.open(1);
		this.sockets.onDrain = () -> this.sockets.open(1);
		drain.stop();
		assertThat(this.sockets.drainedAt).hasSize(2);
		assertThat(this.sockets.size()).isZero();
	}

	@Test
	void closesConnectionsThatDoNotDrainAndEndsInTime() {
		ConnectionDrain drain = start(settings(10, 1, 1000));
		this.sockets.stubborn = true;
		this.sockets.open(20);
		long start = System.nanoTime();
		drain.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(700),
				Duration.ofSeconds(20));
		assertThat(this.sockets.forced).hasSize(20);
	}

	@Test
	void failedConnectionDoesNotKeepOthersOpen() {
		ConnectionDrain drain = start(settings(10, 1, 1000));
		this.sockets.onDrain = () -> {
			throw new StackOverflowError("as it should");
		};
		this.sockets.open(20);
		drain.stop();
		assertThat(this.sockets.size()).isZero();
	}

	@Test
	void acceptsConnectionsAgainAfterARestart() {
		ConnectionDrain drain = start(settings(10, 0, 1000));
		assertThat(drain.isRunning()).isTrue();
		drain.stop();
		assertThat(drain.isRunning()).isFalse();
		drain.start();
		assertThat(this.sockets.accepting).isTrue();
		assertThat(drain.isPauseable()).isFalse();
		assertThat(drain.getPhase()).isLessThan(SmartLifecycle.DEFAULT_PHASE);
	}

	@Test
	void heldConnectionsAreClosedAndRefusedUntilTheyAreReleased() {
		ConnectionDrain drain = start(settings(10, 0, 1000));
		this.sockets.open(5);
		assertThat(drain.hold()).isEqualTo(5);
		assertThat(this.sockets.accepting).isFalse();
		assertThat(this.sockets.size()).isEqualTo(5);
		drain.closeHeld();
		assertThat(this.sockets.size()).isZero();
		drain.stop();
		drain.start();
		assertThat(this.sockets.accepting).as("held").isFalse();
		drain.release();
		assertThat(this.sockets.accepting).isTrue();
		assertThat(drain.isHeld()).isFalse();
	}

	@Test
	void interruptEndsTheClosing() throws Exception {
		ConnectionDrain drain = start(settings(1, 100_000, 1_000_000));
		this.sockets.open(5);
		drain.hold();
		Thread closing = new Thread(drain::closeHeld);
		closing.start();
		await().until(() -> this.sockets.drainedAt.size() == 1);
		closing.interrupt();
		closing.join(20_000);
		assertThat(closing.isAlive()).isFalse();
		assertThat(this.sockets.size()).isEqualTo(4);
	}

	@Test
	void releaseDoesNotOpenANodeThatStops() {
		ConnectionDrain drain = start(settings(10, 0, 1000));
		drain.hold();
		drain.stop();
		drain.release();
		assertThat(this.sockets.accepting).isFalse();
	}

	private ConnectionDrain start(ConnectionDrain.Settings settings) {
		ConnectionDrain drain = new ConnectionDrain(settings, () -> List.of(this.sockets));
		drain.start();
		return drain;
	}

	private static ConnectionDrain.Settings settings(int size, int interval, int timeout) {
		return new ConnectionDrain.Settings(size, Duration.ofMillis(interval), Duration.ofMillis(timeout));
	}

	private long millis(int from, int to) {
		return Duration.ofNanos(this.sockets.drainedAt.get(to) - this.sockets.drainedAt.get(from)).toMillis();
	}

	static class Sockets implements Drainable {

		private final Set<Connection> open = ConcurrentHashMap.newKeySet();

		private final List<Long> drainedAt = new ArrayList<>();

		private final List<Connection> forced = new ArrayList<>();

		private boolean accepting;

		private boolean stubborn;

		private int asked;

		private int behind;

		private Runnable onDrain = () -> {
		};

		void open(int count) {
			for (int i = 0; i < count; i++) {
				this.open.add(new Socket());
			}
		}

		@Override
		public void setAccepting(boolean accepting) {
			this.accepting = accepting;
		}

		@Override
		public int size() {
			return this.open.size();
		}

		@Override
		public BooleanSupplier caughtUp() {
			this.asked++;
			int polls = this.behind;
			AtomicInteger left = new AtomicInteger(polls);
			return () -> left.getAndDecrement() <= 0;
		}

		@Override
		public Iterator<Connection> connections() {
			return List.copyOf(this.open).iterator();
		}

		class Socket implements Connection {

			@Override
			public void drain() {
				if (!Sockets.this.stubborn && Sockets.this.open.remove(this)) {
					Sockets.this.drainedAt.add(System.nanoTime());
					Runnable once = Sockets.this.onDrain;
					Sockets.this.onDrain = () -> {
					};
					once.run();
				}
			}

			@Override
			public void close() {
				Sockets.this.open.remove(this);
				Sockets.this.forced.add(this);
			}

		}

	}

}
