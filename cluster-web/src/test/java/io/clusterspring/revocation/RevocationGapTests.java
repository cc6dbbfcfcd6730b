package io.clusterspring.revocation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.clusterspring.Node;
import io.clusterspring.local.LocalNetwork;

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

	@AutoClose
	private final LocalNetwork network = new LocalNetwork("gap");

	@AutoClose("shutdownNow")
	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final List<RevocationNode> nodes = new ArrayList<>();

	static List<RevocationKey> keys() {
		return List.of(ANN, RevocationKey.stompUser("ann"), RevocationKey.socketId("ann:1"));
	}

	@ParameterizedTest
	@MethodSource("keys")
	void whatFoundTheQueueFullIsAskedFor(RevocationKey key) {
		RevocationNode n1 = start("n1", 1000, Duration.ofMinutes(1));
		RevocationNode n2 = start("n2", 1000, Duration.ofMinutes(1));
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
		RevocationNode n1 = start("n1", 3, Duration.ofMinutes(1));
		RevocationNode n2 = start("n2", 1000, Duration.ofMinutes(1));
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
		RevocationNode n1 = start("n1", 1000, Duration.ofMinutes(1));
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
		RevocationNode n1 = start("n1", 1000, retention);
		RevocationNode n2 = start("n2", 1000, retention);
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
		RevocationNode n1 = start("n1", 1000, retention);
		RevocationNode n2 = start("n2", 1000, retention);
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
		RevocationNode n1 = start("n1", 1000, Duration.ofMinutes(1));
		RevocationNode n2 = start("n2", 1000, Duration.ofMinutes(1));
		RevocationNode n3 = start("n3", 1000, Duration.ofMinutes(1));
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

	private static void strangers(RevocationNode node, int count) {
		for (int i = 0; i < count; i++) {
			node.revocations.revoke(RevocationKey.socketUser("stranger" + System.nanoTime()));
		}
	}

	private static void pass(Duration time) {
		long since = System.nanoTime();
		await().until(() -> System.nanoTime() - since > time.toNanos());
	}

	private RevocationNode start(String name, int capacity, Duration retention) {
		RevocationNode node = new RevocationNode(this.network.transport(Node.of(name + "@127.0.0.1")), this.executor,
				QUEUE, capacity, retention);
		this.nodes.add(node);
		return node;
	}

	private void awaitView(int size) {
		await().until(() -> this.nodes.stream().allMatch((node) -> node.size == size));
	}

}
