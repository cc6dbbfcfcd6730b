package io.clusterspring.revocation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.wire.ClusterWire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Revocations} on several nodes.
 */
class RevocationsTests {

	private static final RevocationKey ANN = RevocationKey.socketUser("ann");

	private final LocalNetwork network = new LocalNetwork("revocations");

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final List<TestNode> nodes = new ArrayList<>();

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.network.close();
	}

	@Test
	void socketsOfAUserAreClosedOnAllNodesAndNoOthers() {
		TestNode n1 = start("n1");
		TestNode n2 = start("n2");
		awaitView(2);
		for (TestNode node : this.nodes) {
			node.open("ann", ANN, SocketOrigin.now());
			node.open("bob", RevocationKey.socketUser("bob"), SocketOrigin.now());
			node.open("id", RevocationKey.socketId("ann"), SocketOrigin.now());
			node.open("stomp", RevocationKey.stompUser("ann"), SocketOrigin.now());
		}
		n1.revocations.revoke(ANN);
		n1.awaitClosed("ann");
		n2.awaitClosed("ann");
		assertThat(n1.closed).containsExactly("ann");
		assertThat(n2.closed).containsExactly("ann");
	}

	@Test
	void socketWhoseRequestCameBeforeIsClosedWhenItOpensOnAnyNode() {
		TestNode n1 = start("n1");
		TestNode n2 = start("n2");
		awaitView(2);
		SocketOrigin before = SocketOrigin.now();
		n1.revocations.revoke(ANN);
		await().until(() -> n2.revocations.remembered() == 1);
		for (TestNode node : this.nodes) {
			node.open("late", ANN, before);
			node.awaitClosed("late");
			node.open("new", ANN, SocketOrigin.now());
			assertThat(node.closed).doesNotContain("new");
		}
	}

	@Test
	void nodeThatJoinsIsToldOfWhatHappenedBefore() {
		TestNode n1 = start("n1");
		SocketOrigin before = SocketOrigin.now();
		n1.revocations.revoke(ANN);
		n1.revocations.revoke(RevocationKey.socketId("ann:1"));
		TestNode n2 = start("n2");
		n2.open("ann", ANN, before);
		n2.open("id", RevocationKey.socketId("ann:1"), before);
		n2.awaitClosed("ann");
		n2.awaitClosed("id");
	}

	@Test
	void partsThatMergeTellEachOther() {
		TestNode n1 = start("n1");
		TestNode n2 = start("n2");
		awaitView(2);
		n2.open("ann", ANN, SocketOrigin.now());
		this.network.partition(Set.of(n1.node), Set.of(n2.node));
		awaitView(1);
		n1.revocations.revoke(ANN);
		n2.open("bob", RevocationKey.socketUser("bob"), SocketOrigin.now());
		assertThat(n2.closed).isEmpty();
		this.network.heal();
		n2.awaitClosed("ann");
		assertThat(n2.closed).containsExactly("ann");
	}

	@Test
	void sessionsAreLookedUpWhenPartsMergeAfterALongTime() {
		Duration retention = Duration.ofSeconds(2);
		TestNode n1 = start("n1", Revocations.CAPACITY, retention);
		TestNode n2 = start("n2", Revocations.CAPACITY, retention);
		awaitView(2);
		SessionWatch watch = new SessionWatch(n2.revocations, (id) -> false,
				(id) -> id.equals("ended") ? null : Duration.ofHours(1));
		n2.open("ended", null, SocketOrigin.now().in("ended", Duration.ofHours(1)));
		n2.open("other", null, SocketOrigin.now().in("other", Duration.ofHours(1)));
		this.network.partition(Set.of(n1.node), Set.of(n2.node));
		awaitView(1);
		n1.revocations.sessionEnded("ended");
		long ended = System.nanoTime();
		await().until(() -> System.nanoTime() - ended > retention.toNanos());
		watch.start();
		this.network.heal();
		n2.awaitClosed("ended");
		watch.stop();
		assertThat(n2.closed).containsExactly("ended");
	}

	@Test
	void socketsOfASessionAreClosedWhenItEndsUnderItsNewId() {
		TestNode n1 = start("n1");
		TestNode n2 = start("n2");
		awaitView(2);
		n2.open("session", null, SocketOrigin.now().in("before-login", null));
		n2.open("other", null, SocketOrigin.now().in("another", null));
		n1.revocations.sessionRenamed("before-login", "after-login");
		n1.revocations.sessionEnded("after-login");
		n2.awaitClosed("session");
		assertThat(n2.closed).containsExactly("session");
	}

	@Test
	void sessionThatGoesOnKeepsItsLaterSockets() {
		TestNode n1 = start("n1");
		n1.open("before", null, SocketOrigin.now().in("session", null));
		n1.revocations.sessionLeft("session");
		n1.awaitClosed("before");
		n1.open("after", null, SocketOrigin.now().in("session", null));
		assertThat(n1.closed).containsExactly("before");
	}

	@Test
	void moreThanTheMemoryHoldsClosesWhatIsBeingOpened() {
		TestNode n1 = start("n1", 100);
		SocketOrigin before = SocketOrigin.now();
		for (int i = 0; i < 500; i++) {
			n1.revocations.revoke(RevocationKey.socketUser("user" + i));
		}
		assertThat(n1.revocations.remembered()).isEqualTo(100);
		assertThat(n1.revocations.forgotten()).isEqualTo(400);
		n1.open("stranger", RevocationKey.socketUser("stranger"), before);
		n1.awaitClosed("stranger");
	}

	@Test
	void nothingPassesUnnoticedWhicheverThreadIsFirst() throws Exception {
		TestNode n1 = start("n1");
		TestNode n2 = start("n2");
		awaitView(2);
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int i = 0; i < 100; i++) {
			RevocationKey user = RevocationKey.socketUser("user" + i);
			String name = "socket" + i;
			TestNode opening = random.nextBoolean() ? n1 : n2;
			SocketOrigin arrived = SocketOrigin.now();
			int spins = random.nextInt(2000);
			Thread revoking = new Thread(() -> n1.revocations.revoke(user));
			revoking.start();
			for (int spin = 0; spin < spins; spin++) {
				Thread.onSpinWait();
			}
			opening.open(name, user, arrived);
			revoking.join();
			await().alias("seed " + seed + ", socket " + i)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> opening.closed.contains(name));
		}
	}

	@Test
	void nameMustBeSendable() {
		TestNode n1 = start("n1");
		assertThatIllegalArgumentException().isThrownBy(() -> n1.revocations.revoke(RevocationKey.socketUser("")));
		assertThatIllegalArgumentException().isThrownBy(() -> n1.revocations.revoke(RevocationKey.stompUser("\ud83d")));
	}

	private TestNode start(String name) {
		return start(name, Revocations.CAPACITY);
	}

	private TestNode start(String name, int capacity) {
		return start(name, capacity, Duration.ofMinutes(1));
	}

	private TestNode start(String name, int capacity, Duration retention) {
		TestNode node = new TestNode(Node.of(name + "@127.0.0.1"), capacity, retention);
		this.nodes.add(node);
		return node;
	}

	private void awaitView(int size) {
		await().until(() -> this.nodes.stream().allMatch((node) -> node.size == size));
	}

	private final class TestNode implements TransportListener {

		private final Node node;

		private final ClusterWire wire;

		private final Revocations revocations;

		private final Set<String> closed = ConcurrentHashMap.newKeySet();

		private final RevocableSockets<String> sockets;

		private volatile int size;

		TestNode(Node node, int capacity, Duration retention) {
			this.node = node;
			ClusterTransport transport = RevocationsTests.this.network.transport(node);
			this.wire = new ClusterWire(transport, RevocationsTests.this.executor, 1000);
			this.revocations = new Revocations(this.wire, this.wire.mailbox(1000), capacity, retention);
			this.sockets = this.revocations.sockets(this.closed::add);
			transport.connect(this);
		}

		void open(String name, RevocationKey key, SocketOrigin origin) {
			this.sockets.add(name, Collections.singletonList(key), origin);
		}

		void awaitClosed(String name) {
			await().until(() -> this.closed.contains(name));
		}

		@Override
		public void viewChanged(ClusterView view) {
			this.wire.viewChanged(view);
			this.revocations.viewChanged(view);
			this.size = view.nodes().size();
		}

		@Override
		public void frameReceived(Node sender, ByteBuffer frame) {
			this.wire.frameReceived(sender, frame);
		}

	}

}
