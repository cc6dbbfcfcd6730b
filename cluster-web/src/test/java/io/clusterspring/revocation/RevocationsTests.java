package io.clusterspring.revocation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Revocations} on several nodes.
 */
class RevocationsTests {

	private static final RevocationKey ANN = RevocationKey.socketUser("ann");

	@AutoClose
	private final LocalNetwork network = new LocalNetwork("revocations");

	@AutoClose("shutdownNow")
	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final List<RevocationNode> nodes = new ArrayList<>();

	@Test
	void socketsOfAUserAreClosedOnAllNodesAndNoOthers() {
		RevocationNode n1 = start("n1");
		RevocationNode n2 = start("n2");
		awaitView(2);
		for (RevocationNode node : this.nodes) {
			node.open("ann", ANN);
			node.open("bob", RevocationKey.socketUser("bob"));
			node.open("id", RevocationKey.socketId("ann"));
			node.open("stomp", RevocationKey.stompUser("ann"));
		}
		n1.revocations.revoke(ANN);
		n1.awaitClosed("ann");
		n2.awaitClosed("ann");
		assertThat(n1.closed).containsExactly("ann");
		assertThat(n2.closed).containsExactly("ann");
	}

	@Test
	void socketWhoseRequestCameBeforeIsClosedWhenItOpensOnAnyNode() {
		RevocationNode n1 = start("n1");
		RevocationNode n2 = start("n2");
		awaitView(2);
		SocketOrigin before = SocketOrigin.now();
		n1.revocations.revoke(ANN);
		await().until(() -> n2.revocations.remembered() == 1);
		for (RevocationNode node : this.nodes) {
			node.open("late", ANN, before);
			node.awaitClosed("late");
			node.open("new", ANN);
			assertThat(node.closed).doesNotContain("new");
		}
	}

	@Test
	void nodeThatJoinsIsToldOfWhatHappenedBefore() {
		RevocationNode n1 = start("n1");
		SocketOrigin before = SocketOrigin.now();
		n1.revocations.revoke(ANN);
		n1.revocations.revoke(RevocationKey.socketId("ann:1"));
		RevocationNode n2 = start("n2");
		n2.open("ann", ANN, before);
		n2.open("id", RevocationKey.socketId("ann:1"), before);
		n2.awaitClosed("ann");
		n2.awaitClosed("id");
	}

	@Test
	void partsThatMergeTellEachOther() {
		RevocationNode n1 = start("n1");
		RevocationNode n2 = start("n2");
		awaitView(2);
		n2.open("ann", ANN);
		this.network.partition(Set.of(n1.node), Set.of(n2.node));
		awaitView(1);
		n1.revocations.revoke(ANN);
		n2.open("bob", RevocationKey.socketUser("bob"));
		assertThat(n2.closed).isEmpty();
		this.network.heal();
		n2.awaitClosed("ann");
		assertThat(n2.closed).containsExactly("ann");
	}

	@Test
	void sessionsAreLookedUpWhenPartsMergeAfterALongTime() {
		Duration retention = Duration.ofSeconds(2);
		RevocationNode n1 = start("n1", Revocations.CAPACITY, retention);
		RevocationNode n2 = start("n2", Revocations.CAPACITY, retention);
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
		RevocationNode n1 = start("n1");
		RevocationNode n2 = start("n2");
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
		RevocationNode n1 = start("n1");
		n1.open("before", null, SocketOrigin.now().in("session", null));
		n1.revocations.sessionLeft("session");
		n1.awaitClosed("before");
		n1.open("after", null, SocketOrigin.now().in("session", null));
		assertThat(n1.closed).containsExactly("before");
	}

	@Test
	void moreThanTheMemoryHoldsClosesWhatIsBeingOpened() {
		RevocationNode n1 = start("n1", 100);
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
		RevocationNode n1 = start("n1");
		RevocationNode n2 = start("n2");
		awaitView(2);
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int i = 0; i < 100; i++) {
			RevocationKey user = RevocationKey.socketUser("user" + i);
			String name = "socket" + i;
			RevocationNode opening = random.nextBoolean() ? n1 : n2;
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
		RevocationNode n1 = start("n1");
		assertThatIllegalArgumentException().isThrownBy(() -> n1.revocations.revoke(RevocationKey.socketUser("")));
		assertThatIllegalArgumentException().isThrownBy(() -> n1.revocations.revoke(RevocationKey.stompUser("\ud83d")));
	}

	private RevocationNode start(String name) {
		return start(name, Revocations.CAPACITY);
	}

	private RevocationNode start(String name, int capacity) {
		return start(name, capacity, Duration.ofMinutes(1));
	}

	private RevocationNode start(String name, int capacity, Duration retention) {
		RevocationNode node = new RevocationNode(this.network.transport(Node.of(name + "@127.0.0.1")), this.executor,
				1000, capacity, retention);
		this.nodes.add(node);
		return node;
	}

	private void awaitView(int size) {
		await().until(() -> this.nodes.stream().allMatch((node) -> node.size == size));
	}

}
