package io.clusterspring.revocation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.wire.ClusterWire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SessionWatch}.
 */
class SessionWatchTests {

	private final LocalNetwork network = new LocalNetwork("watch");

	private final Map<String, Duration> store = new ConcurrentHashMap<>();

	private final Set<String> expired = ConcurrentHashMap.newKeySet();

	private final Set<String> closed = ConcurrentHashMap.newKeySet();

	private final List<String> asked = new ArrayList<>();

	private final AtomicLong later = new AtomicLong();

	private Revocations revocations;

	private RevocableSockets<String> sockets;

	private SessionWatch watch;

	@BeforeEach
	void start() {
		ClusterTransport transport = this.network.transport(Node.of("n1@127.0.0.1"));
		ClusterWire wire = new ClusterWire(transport, Runnable::run, 100);
		this.revocations = new Revocations(wire);
		this.sockets = this.revocations.sockets(this.closed::add);
		this.watch = new SessionWatch(this.revocations, this.expired::contains, this::left, Duration.ofSeconds(2),
				() -> System.nanoTime() + this.later.get());
		transport.connect(wire);
	}

	private Duration left(String id) {
		this.asked.add(id);
		if (id.startsWith("slow")) {
			pass(Duration.ofSeconds(30));
		}
		if (id.startsWith("slow") || id.equals("broken")) {
			throw new IllegalStateException("no database");
		}
		return this.store.get(id);
	}

	private void pass(Duration time) {
		this.later.addAndGet(time.toNanos());
	}

	@AfterEach
	void stop() {
		this.watch.stop();
		this.network.close();
	}

	@Test
	void socketsOfASessionThatHasExpiredAreClosed() {
		this.store.put("used", Duration.ofMinutes(1));
		this.store.put("for-ever", SessionWatch.Store.FOR_EVER);
		for (String id : List.of("used", "for-ever", "gone", "broken")) {
			open(id, Duration.ZERO);
		}
		open("later", Duration.ofMinutes(1));
		open("never", null);
		this.watch.tick();
		assertThat(this.closed).containsExactlyInAnyOrder("gone", "broken");
		this.store.clear();
		this.watch.tick();
		assertThat(this.closed).as("not due again").hasSize(2);
	}

	@Test
	void socketsOfASessionThatIsMarkedAsExpiredAreClosed() {
		open("marked", null);
		open("other", null);
		this.watch.tick();
		assertThat(this.closed).isEmpty();
		this.expired.add("marked");
		this.watch.tick();
		assertThat(this.closed).containsExactly("marked");
	}

	@Test
	void sessionWithAnotherIdIsFoundOnTheNodeThatHasChangedIt() {
		open("before", Duration.ZERO);
		this.revocations.sessionRenamed("before", "after");
		this.store.put("after", Duration.ofMinutes(1));
		this.watch.tick();
		assertThat(this.closed).isEmpty();
		this.revocations.sessionEnded("after");
		assertThat(this.closed).containsExactly("before");
	}

	@Test
	void storeThatTakesLongToFailIsNotAskedForEachSession() {
		for (int i = 0; i < 100; i++) {
			open("slow" + i, Duration.ZERO);
		}
		open("later", Duration.ofMinutes(10));
		this.watch.tick();
		assertThat(this.closed).hasSize(100).doesNotContain("later");
		assertThat(this.asked).hasSize(1);
		open("gone", Duration.ZERO);
		this.watch.tick();
		assertThat(this.asked).as("it is asked again the next time").hasSize(2);
	}

	@Test
	void allSessionsAreLookedUpAfterTheProcessHasStoodStill() {
		this.store.put("used", Duration.ofMinutes(10));
		for (String id : List.of("used", "gone")) {
			open(id, Duration.ofMinutes(10));
		}
		open("ended", null);
		this.watch.tick();
		pass(Duration.ofSeconds(20));
		this.watch.tick();
		assertThat(this.asked).isEmpty();
		pass(Duration.ofSeconds(40));
		this.watch.tick();
		assertThat(this.closed).containsExactlyInAnyOrder("gone", "ended");
		assertThat(this.asked).containsExactlyInAnyOrder("used", "gone", "ended");
		this.watch.tick();
		assertThat(this.asked).filteredOn("used"::equals).as("not due again").hasSize(1);
	}

	@Test
	void sessionMayLiveForCenturies() {
		this.store.put("old", Duration.ofDays(365 * 1000));
		open("old", Duration.ZERO);
		this.watch.tick();
		assertThat(this.closed).isEmpty();
	}

	@Test
	void ticksByItself() {
		this.watch.start();
		open("gone", Duration.ZERO);
		await().until(() -> this.closed.contains("gone"));
		assertThat(this.watch.failures()).isEmpty();
	}

	private void open(String id, Duration left) {
		this.sockets.add(id, List.of(), SocketOrigin.now().in(id, left));
	}

	@Test
	void socketsDoNotWaitForAStoreThatHangs() throws Exception {
		CountDownLatch hangs = new CountDownLatch(1);
		SessionWatch hanging = new SessionWatch(this.revocations, this.expired::contains, (id) -> {
			try {
				hangs.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return null;
		}, Duration.ofMillis(100), System::nanoTime);
		open("a", Duration.ZERO);
		open("b", Duration.ZERO);
		open("later", Duration.ofHours(1));
		Thread tick = new Thread(hanging::tick);
		tick.start();
		try {
			await().until(() -> this.closed.size() == 2);
			assertThat(tick.isAlive()).isTrue();
		}
		finally {
			hangs.countDown();
			tick.join();
		}
		assertThat(this.closed).hasSize(2);
	}

}
