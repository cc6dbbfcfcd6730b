package io.clusterspring.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.Node;
import io.clusterspring.channel.Channel;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the messages that clients get, on two nodes.
 */
class PresenceChannelTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final String TOPIC = "room:1";

	private final LocalNetwork network = new LocalNetwork("presence");

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private PresenceNode n1;

	private PresenceNode n2;

	@BeforeEach
	void start() {
		this.n1 = new PresenceNode(this.network.transport(N1), this.executor, PresenceNode.LIMITS);
		this.n2 = new PresenceNode(this.network.transport(N2), this.executor, PresenceNode.LIMITS);
	}

	@AfterEach
	void stop() {
		this.n1.close();
		this.n2.close();
		this.executor.shutdownNow();
		this.network.close();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30));
	}

	@Test
	void newClientGetsTheReplyThenTheStateAndOthersGetDiffs() {
		PresenceClient watcher = this.n2.connect().join(TOPIC, null);
		await().until(() -> !watcher.events("presence_state").isEmpty());
		PresenceClient alice = this.n1.connect().join(TOPIC, "alice");
		await().until(() -> !alice.events("presence_state").isEmpty() && !watcher.events("presence_diff").isEmpty());
		assertThat(alice.frames.get(0).get(3).stringValue()).isEqualTo("phx_reply");
		String meta = this.n1.listed(TOPIC).get("alice").get(0);
		String state = "{\"alice\":{\"metas\":[" + meta + "]}}";
		assertThat(alice.events("presence_state")).singleElement()
			.isEqualTo(json("[\"1\",null,\"room:1\",\"presence_state\"," + state + "]"));
		assertThat(watcher.events("presence_diff")).singleElement()
			.isEqualTo(json("[null,null,\"room:1\",\"presence_diff\",{\"joins\":" + state + ",\"leaves\":{}}]"));
		alice.send(TOPIC, "away", "alice");
		await().until(() -> watcher.events("presence_diff").size() == 2);
		String update = "{\"alice\":{\"metas\":[" + this.n1.listed(TOPIC).get("alice").get(0) + "]}}";
		assertThat(update).contains("\"status\":\"away\"", "phx_ref_prev");
		assertThat(watcher.events("presence_diff").get(1).get(4))
			.isEqualTo(json("{\"joins\":" + update + ",\"leaves\":" + state + "}"));
		alice.send(TOPIC, "phx_leave", null);
		await().until(() -> watcher.events("presence_diff").size() == 3);
		assertThat(watcher.events("presence_diff").get(2).get(4))
			.isEqualTo(json("{\"joins\":{},\"leaves\":" + update + "}"));
	}

	@Test
	void entryEndsWithItsChannelForAnyReason() {
		PresenceClient watcher = this.n2.connect().join(TOPIC, null);
		PresenceClient leaver = this.n1.connect().join(TOPIC, "leaver");
		PresenceClient breaker = this.n1.connect().join(TOPIC, "breaker");
		PresenceClient crasher = this.n1.connect().join(TOPIC, "crasher");
		PresenceClient untracker = this.n1.connect().join(TOPIC, "untracker");
		await().until(() -> watcher.listed().size() == 4);
		leaver.send(TOPIC, "phx_leave", null);
		await().until(() -> !watcher.listed().containsKey("leaver"));
		breaker.disconnect();
		await().until(() -> !watcher.listed().containsKey("breaker"));
		crasher.send(TOPIC, "away", "unknown");
		await().until(() -> !watcher.listed().containsKey("crasher"));
		assertThat(crasher.events("phx_error")).hasSize(1);
		untracker.send(TOPIC, "untrack", "untracker");
		await().until(() -> watcher.listed().isEmpty());
		PresenceClient refused = this.n1.connect().join(TOPIC, "refused");
		await().until(() -> refused.frames.size() == 1);
		await().until(() -> this.n1.presence.count(TOPIC) == 0 && this.n2.presence.count(TOPIC) == 0);
	}

	@Test
	void channelThatHasEndedIsNotTracked() {
		PresenceClient alice = this.n1.connect().join(TOPIC, "alice");
		await().until(() -> alice.events("presence_state").size() == 1);
		alice.send(TOPIC, "phx_join", "alice");
		await().until(() -> alice.events("phx_close").size() == 1);
		await().until(() -> alice.events("presence_state").size() == 2);
		assertThat(this.n1.listed(TOPIC).get("alice")).hasSize(1);
	}

	@Test
	void clientsGetNoDiffsOfServerOnlyTopics() {
		PresenceClient alice = this.n1.connect().join("secret:1", "alice");
		PresenceClient bob = this.n2.connect().join("secret:1", "bob");
		await().until(() -> this.n1.changes.stream()
			.flatMap((change) -> change.joins().keySet().stream())
			.collect(Collectors.toSet())
			.equals(Set.of("alice", "bob")));
		this.n1.channels.broadcast("secret:1", "end", Map.of());
		await().until(() -> alice.frames.size() == 2 && bob.frames.size() == 2);
		assertThat(alice.events("end")).hasSize(1);
		assertThat(bob.events("end")).hasSize(1);
	}

	@Test
	void usersOfALostNodeLeaveAndComeBackAfterAPartition() {
		PresenceClient alice = this.n1.connect().join(TOPIC, "alice");
		PresenceClient bob = this.n2.connect().join(TOPIC, "bob");
		await().until(() -> alice.listed().size() == 2 && bob.listed().size() == 2);
		this.network.partition(Set.of(N1), Set.of(N2));
		await().until(() -> alice.listed().keySet().equals(Set.of("alice")));
		await().until(() -> bob.listed().keySet().equals(Set.of("bob")));
		this.network.heal();
		await().until(() -> alice.listed().equals(this.n2.listed(TOPIC)) && alice.listed().size() == 2);
		await().until(() -> bob.listed().equals(alice.listed()));
		this.network.kill(N2);
		await().until(() -> alice.listed().keySet().equals(Set.of("alice")));
	}

	@Test
	void fetchedDataIsNextToTheMetasAndAFailedFetcherIsTolerated() {
		this.n1.fetcher = (topic, keys) -> Map.of("alice", Map.of("name", "Alice"));
		PresenceClient alice = this.n1.connect().join(TOPIC, "alice");
		await().until(() -> !alice.events("presence_state").isEmpty());
		assertThat(alice.events("presence_state").get(0).get(4).get("alice").get("name").stringValue())
			.isEqualTo("Alice");
		this.n1.fetcher = (topic, keys) -> {
			throw new IllegalStateException("no database");
		};
		PresenceClient bob = this.n1.connect().join(TOPIC, "bob");
		await().until(() -> bob.listed().size() == 2 && alice.listed().size() == 2);
		this.n1.fetcher = (topic, keys) -> Map.of("carl", List.of("no object"), "alice", Map.of("name", "Alice"));
		PresenceClient carl = this.n1.connect().join(TOPIC, "carl");
		await().until(() -> carl.listed().size() == 3 && alice.listed().size() == 3 && bob.listed().size() == 3);
		assertThat(carl.events("presence_state").get(0).get(4).get("alice").has("name")).isTrue();
	}

	@Test
	void clientsThatJoinTogetherShareOneState() {
		Duration interval = Duration.ofSeconds(1);
		PresenceLimits slow = new PresenceLimits(Duration.ofMillis(100), Duration.ofMillis(5), interval, 65536, 65536);
		PresenceNode n3 = new PresenceNode(this.network.transport(Node.of("n3@127.0.0.1")), this.executor, slow);
		long start = System.nanoTime();
		List<PresenceClient> clients = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			clients.add(n3.connect().join(TOPIC, "user" + i));
		}
		await().until(() -> clients.stream().allMatch((client) -> client.events("presence_state").size() == 1));
		long intervals = (System.nanoTime() - start) / interval.toNanos() + 1;
		await().until(() -> clients.stream().allMatch((client) -> client.listed().size() == 300));
		Set<JsonNode> states = new HashSet<>();
		clients.forEach((client) -> states.add(client.events("presence_state").get(0)));
		assertThat((long) states.size()).isLessThanOrEqualTo(intervals + 1);
		assertThat((long) clients.get(0).events("presence_diff").size()).isLessThanOrEqualTo(intervals + 2);
		n3.close();
	}

	@Test
	void anUpdateAfterTheEndOfItsChannelIsRefused() {
		PresenceClient alice = this.n1.connect().join(TOPIC, "alice");
		await().until(() -> this.n1.presence.count(TOPIC) == 1);
		Channel channel = Objects.requireNonNull(this.n1.last);
		alice.disconnect();
		await().until(() -> this.n1.presence.count(TOPIC) == 0);
		assertThatIllegalStateException().isThrownBy(() -> this.n1.presence.update(channel, "alice", Map.of()));
		this.n1.presence.untrack(channel, "alice");
		this.n1.presence.track(channel, "alice", Map.of());
		assertThat(this.n1.presence.count(TOPIC)).isZero();
	}

	@Test
	void allClientsConvergeWhileOthersComeAndGo() {
		Random random = new Random(7);
		List<PresenceClient> clients = new ArrayList<>();
		for (int i = 0; i < 3000; i++) {
			if (clients.size() < 5 || i % 3 == 0 && clients.size() < 40) {
				PresenceNode node = (i % 2 == 0) ? this.n1 : this.n2;
				clients.add(node.connect().join(TOPIC, "user" + random.nextInt(8)));
			}
			else if (i % 3 == 1) {
				clients.remove(random.nextInt(clients.size())).disconnect();
			}
			else {
				clients.get(random.nextInt(clients.size())).send(TOPIC, "away" + i, null);
			}
		}
		await().untilAsserted(() -> {
			Map<String, List<String>> truth = this.n1.listed(TOPIC);
			assertThat(truth.values().stream().mapToInt(List::size).sum()).isEqualTo(clients.size());
			assertThat(sorted(this.n2.listed(TOPIC))).isEqualTo(sorted(truth));
			assertThat(clients).allSatisfy((client) -> assertThat(sorted(client.listed())).isEqualTo(truth));
		});
	}

	private static Map<String, List<String>> sorted(Map<String, List<String>> listed) {
		listed.values().forEach((metas) -> metas.sort(null));
		return listed;
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text);
	}

}
