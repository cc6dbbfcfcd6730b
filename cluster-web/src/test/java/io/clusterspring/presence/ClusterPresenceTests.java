package io.clusterspring.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.PayloadLimit;
import io.clusterspring.PayloadTooLargeException;
import io.clusterspring.channel.HeldExecutor;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the API of presence, on nodes of an in-memory network.
 */
class ClusterPresenceTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final Node N3 = Node.of("n3@127.0.0.1");

	private static final String TOPIC = "room:1";

	private final LocalNetwork network = new LocalNetwork("presence");

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final ExecutorService single = Executors.newSingleThreadExecutor();

	private final List<PresenceNode> started = new ArrayList<>();

	@AfterEach
	void stop() {
		this.started.forEach(PresenceNode::close);
		this.executor.shutdownNow();
		this.single.shutdownNow();
		this.network.close();
	}

	private PresenceNode start(Node node) {
		PresenceNode started = new PresenceNode(this.network.transport(node), this.executor, PresenceNode.LIMITS);
		this.started.add(started);
		return started;
	}

	@Test
	void invalidTopicsAndKeysAreRefusedAndNotStored() {
		PresenceNode n1 = start(N1);
		String longest = "é".repeat(127) + "x";
		n1.presence.track("owner", longest, "alice", new Status("online"));
		assertThat(n1.presence.count(longest)).isOne();
		for (String topic : List.of("", longest + "x", "room:\ud83d")) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> n1.presence.track("owner", topic, "alice", new Status("online")))
				.withMessageContaining("Topic");
			assertThat(n1.presence.count(topic)).isZero();
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> n1.presence.track("owner", TOPIC, "\ud83d", new Status("online")))
			.withMessageContaining("Key");
		assertThat(n1.presence.count(TOPIC)).isZero();
	}

	@Test
	void keyOfAClientWithoutAUserIsRefusedWithAReason() {
		PresenceNode n1 = start(N1);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> n1.presence.track("owner", TOPIC, null, new Status("online")))
			.withMessageContaining("If it is the name of the user, the client has none: refuse it in @OnJoin");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> n1.presence.update("owner", TOPIC, null, new Status("online")))
			.withMessageContaining("must not be null");
		assertThat(n1.presence.count(TOPIC)).isZero();
	}

	@Test
	void entryThatIsTooLargeIsRefusedAndOthersAreReplicated() {
		PresenceNode n1 = start(N1);
		PresenceNode n2 = start(N2);
		Status large = new Status("x".repeat((int) PayloadLimit.DEFAULT));
		n1.presence.track("owner", TOPIC, "alice", new Status("online"));
		assertThatExceptionOfType(PayloadTooLargeException.class)
			.isThrownBy(() -> n1.presence.update("owner", TOPIC, "alice", large));
		assertThatExceptionOfType(PayloadTooLargeException.class)
			.isThrownBy(() -> n1.presence.track("owner", TOPIC, "bob", large));
		assertThatExceptionOfType(PayloadTooLargeException.class)
			.isThrownBy(() -> n1.presence.track("owner", TOPIC, large.toString(), new Status("online")));
		n1.presence.track("owner", TOPIC, "carol", new Status("online"));
		await().until(() -> n2.presence.count(TOPIC) == 2);
		assertThat(n2.listed(TOPIC)).isEqualTo(n1.listed(TOPIC));
	}

	@Test
	void trackedEntryIsListedAtOnceOnItsNodeAndSoonOnOthers() {
		PresenceNode n1 = start(N1);
		PresenceNode n2 = start(N2);
		String ref = n1.presence.track("owner", TOPIC, "alice", new Status("online"));
		PresenceEntry alice = Objects.requireNonNull(n1.presence.get(TOPIC, "alice"));
		assertThat(alice.key()).isEqualTo("alice");
		assertThat(alice.metas()).singleElement().satisfies((meta) -> {
			assertThat(meta.ref()).isEqualTo(ref).matches("[\\w-]{16}");
			assertThat(meta.previousRef()).isNull();
			assertThat(meta.node()).isEqualTo(N1);
			assertThat(meta.as(Status.class)).isEqualTo(new Status("online"));
		});
		assertThat(n1.presence.list(TOPIC)).containsOnlyKeys("alice");
		await().until(() -> n2.presence.count(TOPIC) == 1);
		assertThat(n2.listed(TOPIC)).isEqualTo(n1.listed(TOPIC));
		assertThat(n2.presence.list("room:2")).isEmpty();
		assertThat(n2.presence.get(TOPIC, "bob")).isNull();
	}

	@Test
	void metasOfAKeyHaveTheSameOrderOnAllNodesAndEndOneByOne() {
		PresenceNode n1 = start(N1);
		PresenceNode n2 = start(N2);
		n2.presence.track("phone", TOPIC, "alice", new Status("phone"));
		n1.presence.track("laptop", TOPIC, "alice", new Status("laptop"));
		n1.presence.track("tablet", TOPIC, "alice", new Status("tablet"));
		await().until(() -> statuses(n2, "alice").equals(List.of("laptop", "tablet", "phone")));
		await().until(() -> statuses(n1, "alice").equals(List.of("laptop", "tablet", "phone")));
		assertThat(n1.presence.count(TOPIC)).isEqualTo(1);
		n1.presence.untrack("laptop", TOPIC, "alice");
		await().until(() -> statuses(n2, "alice").equals(List.of("tablet", "phone")));
		n1.presence.untrack("laptop", TOPIC, "alice");
		n1.presence.untrack("laptop");
		n1.presence.untrack("tablet");
		n2.presence.untrack("phone");
		await().until(() -> n1.presence.count(TOPIC) == 0 && n2.presence.count(TOPIC) == 0);
		assertThat(n1.presence.statistics().topics()).isZero();
	}

	@Test
	void updateHasANewReferenceAndThePreviousOne() {
		PresenceNode n1 = start(N1);
		PresenceNode n2 = start(N2);
		String first = n1.presence.track("owner", TOPIC, "alice", new Status("online"));
		String second = n1.presence.update("owner", TOPIC, "alice", new Status("away"));
		assertThat(second).isNotEqualTo(first);
		await().until(() -> statuses(n2, "alice").equals(List.of("away")));
		PresenceMeta meta = n2.presence.list(TOPIC).get("alice").metas().get(0);
		assertThat(meta.ref()).isEqualTo(second);
		assertThat(meta.previousRef()).isEqualTo(first);
		assertThat(meta)
			.hasToString("{\"status\":\"away\",\"phx_ref\":\"" + second + "\",\"phx_ref_prev\":\"" + first + "\"}");
	}

	@Test
	void misuseIsRefusedAndChangesNothing() {
		PresenceNode n1 = start(N1);
		n1.presence.track("owner", TOPIC, "alice", Map.of());
		assertThatIllegalStateException().isThrownBy(() -> n1.presence.track("owner", TOPIC, "alice", Map.of()))
			.withMessage("'alice' is already tracked on 'room:1' for this owner");
		assertThatIllegalStateException().isThrownBy(() -> n1.presence.update("owner", TOPIC, "bob", Map.of()))
			.withMessage("'bob' is not tracked on 'room:1' for this owner");
		assertThatIllegalStateException().isThrownBy(() -> n1.presence.update("nobody", TOPIC, "alice", Map.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> n1.presence.track("other", TOPIC, "bob", List.of(1)))
			.withMessage("A meta must encode to a JSON object");
		assertThat(n1.presence.list(TOPIC)).containsOnlyKeys("alice");
		assertThat(n1.presence.get(TOPIC, "alice").metas().get(0).toString()).startsWith("{\"phx_ref\":\"");
	}

	@Test
	void newNodeGetsTheStateAndEntriesOfADeadNodeLeave() {
		PresenceNode n1 = start(N1);
		PresenceNode n2 = start(N2);
		for (int i = 0; i < 5000; i++) {
			n1.presence.track(i, TOPIC, "user" + i, new Status("s".repeat(50)));
		}
		n2.presence.track("owner", TOPIC, "bob", new Status("here"));
		PresenceNode n3 = start(N3);
		await().until(() -> n3.presence.count(TOPIC) == 5001);
		assertThat(n3.listed(TOPIC)).isEqualTo(n1.listed(TOPIC));
		assertThat(n3.presence.statistics().requests()).as("pages of limited size").isGreaterThan(5);
		this.network.kill(N1);
		await().until(() -> n3.presence.count(TOPIC) == 1 && n2.presence.count(TOPIC) == 1);
		PresenceNode again = start(N1);
		await().until(() -> again.presence.count(TOPIC) == 1);
		again.presence.track("owner", TOPIC, "alice", new Status("back"));
		await().until(() -> n3.listed(TOPIC).equals(again.listed(TOPIC)) && n2.listed(TOPIC).size() == 2);
	}

	@Test
	void afterAPartitionAllNodesListTheSameAndHaveAllEvents() {
		PresenceNode n1 = start(N1);
		PresenceNode n2 = start(N2);
		PresenceNode n3 = start(N3);
		List<PresenceNode> nodes = List.of(n1, n2, n3);
		nodes.forEach((node) -> node.presence.track("owner", TOPIC, node.node.name(), new Status("before")));
		nodes.forEach((node) -> await().until(() -> node.presence.count(TOPIC) == 3));
		this.network.partition(Set.of(N1, N2), Set.of(N3));
		await().until(() -> n3.presence.count(TOPIC) == 1 && n1.presence.count(TOPIC) == 2);
		n3.presence.track("other", TOPIC, "while", new Status("apart"));
		n1.presence.update("owner", TOPIC, "n1", new Status("after"));
		n2.presence.untrack("owner");
		this.network.heal();
		for (PresenceNode node : nodes) {
			await().untilAsserted(() -> {
				assertThat(node.listed(TOPIC)).isEqualTo(n1.listed(TOPIC)).containsOnlyKeys("n1", "n3", "while");
				assertThat(heard(node)).isEqualTo(node.listed(TOPIC).keySet());
			});
		}
	}

	@Test
	void updateIsAtomicForReaders() throws Exception {
		PresenceNode n1 = start(N1);
		PresenceNode n2 = start(N2);
		n1.presence.track("owner", TOPIC, "alice", new Status("0"));
		await().until(() -> n2.presence.count(TOPIC) == 1);
		Future<?> updates = this.executor.submit(() -> {
			for (int i = 1; i <= 20_000; i++) {
				n1.presence.update("owner", TOPIC, "alice", new Status("" + i));
			}
		});
		while (!updates.isDone()) {
			for (PresenceNode node : List.of(n1, n2)) {
				assertThat(Objects.requireNonNull(node.presence.get(TOPIC, "alice")).metas()).hasSize(1);
				assertThat(node.presence.list(TOPIC).get("alice").metas()).hasSize(1);
			}
		}
		updates.get();
		await().until(() -> statuses(n2, "alice").equals(List.of("20000")));
	}

	@Test
	void listenersAndHandlersThatBlockDoNotDelayPresence() {
		HeldExecutor blocked = new HeldExecutor(this.executor);
		PresenceNode n1 = new PresenceNode(this.network.transport(N1), blocked, this.executor, PresenceNode.LIMITS);
		PresenceNode n2 = new PresenceNode(this.network.transport(N2), blocked, this.executor, PresenceNode.LIMITS);
		this.started.addAll(List.of(n1, n2));
		PresenceClient watcher = n2.connect().join(TOPIC, null);
		await().until(() -> watcher.frames.size() == 2);
		blocked.hold();
		n1.presence.track("owner", TOPIC, "alice", new Status("here"));
		await().until(() -> watcher.listed().containsKey("alice"));
		n1.presence.untrack("owner");
		await().until(() -> watcher.listed().isEmpty());
		assertThat(n2.changes).isEmpty();
		blocked.release();
		await().until(() -> n2.changes.size() == 2);
	}

	@Test
	void eventsForBlockedListenersAreLimitedAndCounted() {
		HeldExecutor blocked = new HeldExecutor(this.executor);
		blocked.hold();
		PresenceLimits limits = new PresenceLimits(Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO, 3, 1024);
		PresenceNode n1 = new PresenceNode(this.network.transport(N1), blocked, this.executor, limits);
		this.started.add(n1);
		for (int i = 0; i < 10; i++) {
			String topic = "topic" + i;
			n1.presence.track("owner", topic, "alice", Map.of());
		}
		await().until(() -> n1.presence.statistics().dropped().events() == 7);
		blocked.release();
		await().until(() -> n1.changes.size() == 3);
	}

	@Test
	void messagesAboveTheQueueCapacityAreDroppedCountedAndRepaired() {
		PresenceLimits limits = new PresenceLimits(Duration.ofMillis(50), Duration.ZERO, Duration.ZERO, 3, 1024);
		HeldExecutor held = new HeldExecutor(this.single);
		PresenceNode n1 = new PresenceNode(this.network.transport(N1), this.executor, limits);
		PresenceNode n2 = new PresenceNode(this.network.transport(N2), this.executor, held, limits);
		this.started.addAll(List.of(n1, n2));
		n1.presence.track("first", TOPIC, "first", Map.of());
		await().until(() -> n2.presence.count(TOPIC) == 1);
		for (int i = 0; i < 100; i++) {
			n1.presence.track(i, TOPIC, "user" + i, Map.of());
		}
		await().until(() -> n2.presence.count(TOPIC) == 101);
		held.hold();
		for (int i = 0; i < 100; i++) {
			n1.presence.untrack(i);
		}
		// heartbeats fill the queue
		await().until(() -> n2.presence.statistics().dropped().messages() > 0);
		held.release();
		await().untilAsserted(() -> assertThat(n2.listed(TOPIC)).containsOnlyKeys("first"));
		assertThat(n2.presence.statistics().dropped().messages()).isPositive();
	}

	@Test
	void changesArePublishedOnEveryNode() {
		PresenceNode n1 = start(N1);
		PresenceNode n2 = start(N2);
		n1.presence.track("owner", TOPIC, "alice", new Status("online"));
		await().until(() -> n2.changes.size() == 1);
		PresenceChange joined = n2.changes.get(0);
		assertThat(joined.topic()).isEqualTo(TOPIC);
		assertThat(joined.joins()).containsOnlyKeys("alice");
		assertThat(joined.leaves()).isEmpty();
		n1.presence.update("owner", TOPIC, "alice", new Status("away"));
		await().until(() -> n2.changes.size() == 2);
		PresenceChange updated = n2.changes.get(1);
		assertThat(updated.joins().get("alice").metas().get(0).as(Status.class)).isEqualTo(new Status("away"));
		assertThat(updated.leaves().get("alice").metas()).isEqualTo(joined.joins().get("alice").metas());
		this.network.kill(N1);
		await().until(() -> n2.changes.size() == 3);
		assertThat(n2.changes.get(2).leaves()).containsOnlyKeys("alice");
	}

	@Test
	void fetcherIsCalledOnceForEachList() {
		PresenceNode n1 = start(N1);
		n1.presence.track("a", TOPIC, "alice", Map.of());
		n1.presence.track("b", TOPIC, "bob", Map.of());
		await().until(() -> heard(n1).size() == 2);
		ConcurrentLinkedQueue<Set<String>> calls = new ConcurrentLinkedQueue<>();
		n1.fetcher = (topic, keys) -> {
			calls.add(Set.copyOf(keys));
			return Map.of("alice", Map.of("name", "Alice of " + topic));
		};
		Map<String, PresenceEntry> list = n1.presence.list(TOPIC);
		assertThat(list.get("alice").data()).isEqualTo(Map.of("name", "Alice of room:1"));
		assertThat(list.get("bob").data()).isNull();
		String json = new String(PresenceNode.CODEC.encode(list));
		assertThat(json).contains("}],\"name\":\"Alice of room:1\"}");
		assertThat(calls).containsExactly(Set.of("alice", "bob"));
		n1.presence.get(TOPIC, "alice");
		n1.presence.list("room:empty");
		assertThat(calls).hasSize(2);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30));
	}

	private static Set<String> heard(PresenceNode node) {
		Set<String> present = new TreeSet<>();
		node.changes.forEach((change) -> {
			Set<String> updated = new HashSet<>(change.joins().keySet());
			change.leaves().keySet().stream().filter((key) -> !updated.contains(key)).forEach(present::remove);
			present.addAll(updated);
		});
		return present;
	}

	private static List<String> statuses(PresenceNode node, String key) {
		PresenceEntry entry = node.presence.get(TOPIC, key);
		return (entry != null) ? entry.metas().stream().map((meta) -> meta.as(Status.class).status()).toList()
				: List.of();
	}

	record Status(String status) {
	}

}
