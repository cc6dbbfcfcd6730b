package io.clusterspring.revocation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Revocations} of which a node has heard nothing: its queue was full, or
 * it was away for longer than others remember.
 */
class RevocationGapTests {

	private static final int QUEUE = 4;

	private static final RevocationKey ANN = RevocationKey.socketUser("ann");

	private static final RevocationKey BOB = RevocationKey.socketUser("bob");

	private final LocalNetwork network = new LocalNetwork("gap");

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final List<TestNode> nodes = new ArrayList<>();

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.network.close();
	}

	static List<RevocationKey> keys() {
		return List.of(ANN, RevocationKey.stompUser("ann"), RevocationKey.socketId("ann:1"));
	}

	@ParameterizedTest
	@MethodSource("keys")
	void whatFoundTheQueueFullIsAskedFor(RevocationKey key) {
		TestNode n1 = start("n1", 1000, Duration.ofMinutes(1));
		TestNode n2 = start("n2", 1000, Duration.ofMinutes(1));
		awaitView(2);
		n2.open("ann", key);
		n2.open("bob", BOB);
		n2.block();
		strangers(n1, QUEUE + 1);
		n1.revocations.revoke(key);
		await().until(() -> n2.dropped() > 0);
		n2.unblock();
		n2.awaitClosed("ann");
		assertThat(n2.closed).containsExactly("ann");
	}

	@Test
	void allSocketsOfBeforeAreClosedIfItsSenderHasForgottenIt() {
		TestNode n1 = start("n1", 3, Duration.ofMinutes(1));
		TestNode n2 = start("n2", 1000, Duration.ofMinutes(1));
		awaitView(2);
		n2.open("ann", ANN);
		n2.open("bob", BOB);
		n2.block();
		strangers(n1, QUEUE + 1);
		n1.revocations.revoke(ANN);
		strangers(n1, 10);
		pass(Duration.ofMillis(50)); // ages are told in milliseconds
		n2.open("later", BOB);
		await().until(() -> n2.dropped() > 0);
		n2.unblock();
		n2.awaitClosed("ann");
		n2.awaitClosed("bob");
		assertThat(n2.closed).doesNotContain("later");
	}

	@Test
	void ownOnesDoNotFillTheQueueForThoseOfOthers() {
		TestNode n1 = start("n1", 1000, Duration.ofMinutes(1));
		awaitView(1);
		n1.open("ann", ANN);
		n1.block();
		strangers(n1, 100);
		n1.revocations.revoke(ANN);
		assertThat(n1.closed).containsExactly("ann");
		assertThat(n1.mailbox.size()).isEqualTo(QUEUE);
		n1.unblock();
	}

	@Test
	void nodeThatWasAwayForLongerThanOthersRememberClosesItsSocketsOfBefore() {
		Duration retention = Duration.ofSeconds(1);
		TestNode n1 = start("n1", 1000, retention);
		TestNode n2 = start("n2", 1000, retention);
		awaitView(2);
		this.network.partition(Set.of(n1.node), Set.of(n2.node));
		awaitView(1);
		n2.open("ann", ANN);
		n1.revocations.revoke(ANN);
		pass(Duration.ofMillis(50)); // ages are told in milliseconds
		n2.open("later", ANN);
		pass(retention.multipliedBy(2));
		this.network.heal();
		n2.awaitClosed("ann");
		assertThat(n2.closed).containsExactly("ann");
	}

	@Test
	void nodeThatWasAwayKeepsItsSocketsIfNothingWasRevokedMeanwhile() {
		Duration retention = Duration.ofSeconds(1);
		TestNode n1 = start("n1", 1000, retention);
		TestNode n2 = start("n2", 1000, retention);
		awaitView(2);
		n2.open("ann", ANN);
		n1.revocations.sessionEnded("a session, which a store knows");
		this.network.partition(Set.of(n1.node), Set.of(n2.node));
		awaitView(1);
		pass(retention.multipliedBy(2));
		n1.revocations.sessionEnded("another one");
		pass(retention.multipliedBy(2));
		this.network.heal();
		awaitView(2);
		n1.revocations.revoke(BOB);
		await().until(() -> n2.revocations.remembered() == 1);
		assertThat(n2.closed).isEmpty();
	}

	@Test
	void whatANodeThatHasDiedHasToldIsToldByThoseThatHaveHeardIt() {
		TestNode n1 = start("n1", 1000, Duration.ofMinutes(1));
		TestNode n2 = start("n2", 1000, Duration.ofMinutes(1));
		TestNode n3 = start("n3", 1000, Duration.ofMinutes(1));
		awaitView(3);
		n2.open("ann", ANN);
		this.network.partition(Set.of(n1.node, n3.node), Set.of(n2.node));
		await().until(() -> n1.size == 2 && n2.size == 1 && n3.size == 2);
		n3.revocations.revoke(ANN);
		await().until(() -> n1.revocations.remembered() == 1);
		this.network.kill(n3.node);
		await().until(() -> n1.size == 1);
		this.network.heal();
		n2.awaitClosed("ann");
	}

	private static void strangers(TestNode node, int count) {
		for (int i = 0; i < count; i++) {
			node.revocations.revoke(RevocationKey.socketUser("stranger" + System.nanoTime()));
		}
	}

	private static void pass(Duration time) {
		long since = System.nanoTime();
		await().until(() -> System.nanoTime() - since > time.toNanos());
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

		private final ClusterTransport transport;

		private final ClusterWire wire;

		private final Mailbox mailbox;

		private final Revocations revocations;

		private final Set<String> closed = ConcurrentHashMap.newKeySet();

		private final RevocableSockets<String> sockets;

		private final ReentrantLock gate = new ReentrantLock();

		private volatile int size;

		TestNode(Node node, int capacity, Duration retention) {
			this.node = node;
			this.transport = RevocationGapTests.this.network.transport(node);
			this.wire = new ClusterWire(this.transport, (task) -> RevocationGapTests.this.executor.execute(() -> {
				this.gate.lock();
				this.gate.unlock();
				task.run();
			}), 1000);
			this.mailbox = this.wire.mailbox(QUEUE);
			this.revocations = new Revocations(this.wire, this.mailbox, capacity, retention);
			this.sockets = this.revocations.sockets(this.closed::add);
			this.transport.connect(this);
		}

		/** Take no frames from now on. */
		void block() {
			await().until(() -> this.mailbox.size() == 0);
			this.gate.lock();
		}

		void unblock() {
			this.gate.unlock();
		}

		long dropped() {
			return this.wire.statistics(FrameKind.REVOCATION).droppedFrames()
					+ this.wire.statistics(FrameKind.DISCONNECT).droppedFrames();
		}

		void open(String name, RevocationKey key) {
			this.sockets.add(name, List.of(key), SocketOrigin.now());
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
