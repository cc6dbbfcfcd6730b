package io.clusterspring.revocation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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

	private Revocations revocations;

	private RevocableSockets<String> sockets;

	private SessionWatch watch;

	@BeforeEach
	void start() {
		ClusterTransport transport = this.network.transport(Node.of("n1@127.0.0.1"));
		ClusterWire wire = new ClusterWire(transport, Runnable::run, 100);
		this.revocations = new Revocations(wire);
		this.sockets = this.revocations.sockets(this.closed::add);
		this.watch = new SessionWatch(this.revocations, this.expired::contains, this::left);
		transport.connect(wire);
	}

	private Duration left(String id) {
		if (id.equals("broken")) {
			throw new IllegalStateException("no database");
		}
		return this.store.get(id);
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
	void ticksByItself() {
		this.watch.start();
		open("gone", Duration.ZERO);
		await().until(() -> this.closed.contains("gone"));
		assertThat(this.watch.failures()).isEmpty();
	}

	private void open(String id, Duration left) {
		this.sockets.add(id, List.of(), SocketOrigin.now().in(id, left));
	}

}
