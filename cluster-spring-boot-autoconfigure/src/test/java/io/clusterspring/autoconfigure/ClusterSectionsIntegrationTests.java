package io.clusterspring.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.pubsub.PubSub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that each of two nodes shows both, over HTTP, with real sockets.
 */
class ClusterSectionsIntegrationTests {

	private static AskedNodes nodes;

	@BeforeAll
	static void start() {
		nodes = new AskedNodes(SectionsApp.class, 18450, "--management.endpoints.web.exposure.include=cluster",
				"--cluster.history.kept.topics=kept:*", "--cluster.http.events.enabled=true");
	}

	@AfterAll
	static void stop() {
		nodes.close();
	}

	@AfterEach
	void close() {
		nodes.closeClients();
	}

	@Test
	void eachNodeShowsAllNodes() {
		nodes.connect(0, "ann");
		nodes.connect(1, "bob");
		for (int asked = 0; asked < 2; asked++) {
			JsonNode answer = nodes.get(asked, "nodes");
			assertThat(texts(answer, "name")).containsExactly("n1@127.0.0.1", "n2@127.0.0.1");
			for (int i = 0; i < 2; i++) {
				JsonNode node = answer.get("items").get(i);
				assertThat(node.get("self").booleanValue()).isEqualTo(i == asked);
				assertThat(node.get("coordinator").booleanValue()).isEqualTo(i == 0);
				assertThat(node.get("sockets").longValue()).isOne();
				assertThat(node.get("draining").booleanValue()).isFalse();
				assertThat(node.get("evicted").booleanValue()).isFalse();
				assertThat(node.get("sees")).hasSize(2);
				assertThat(node.get("heapUsed").longValue()).isBetween(1L, node.get("heapMax").longValue());
				assertThat(node.get("address").stringValue()).startsWith("127.0.0.1:");
				assertThat(Instant.parse(node.get("since").stringValue())).isBefore(Instant.now());
				assertThat(node.get("roundTrips").get((i == 0) ? "n2@127.0.0.1" : "n1@127.0.0.1").longValue())
					.isPositive();
			}
			assertThat(answer.get("next").isNull()).isTrue();
			assertThat(answer.get("silent")).isEmpty();
		}
	}

	@Test
	void topicsOfBothNodesAreOne() {
		nodes.bean(0, PubSub.class).subscribe("news:1", (message) -> {
		});
		for (int i = 1; i <= 3; i++) {
			nodes.bean(1, PubSub.class).subscribe("news:" + i, (message) -> {
			});
		}
		JsonNode first = nodes.get(0, "topics?prefix=news:&limit=2");
		assertThat(texts(first, "topic")).containsExactly("news:1", "news:2");
		assertThat(first.get("items").get(0).get("subscriptions"))
			.hasToString("{\"n1@127.0.0.1\":1,\"n2@127.0.0.1\":1}");
		assertThat(first.get("items").get(1).get("subscriptions")).hasToString("{\"n2@127.0.0.1\":1}");
		JsonNode second = nodes.get(0, "topics?prefix=news:&limit=2&after=" + first.get("next").stringValue());
		assertThat(texts(second, "topic")).containsExactly("news:3");
		assertThat(second.get("next").isNull()).isTrue();
		assertThat(texts(nodes.get(0, "topics?prefix=news:&node=n1@127.0.0.1"), "topic")).containsExactly("news:1");
	}

	@Test
	void socketsOfBothNodesArePagedAndFiltered() {
		Instant before = Instant.now().minusSeconds(1);
		IntStream.range(0, 5).forEach((i) -> AskedNodes.join(nodes.connect(i % 2, "user" + i), "room:" + i));
		TextClient ann = nodes.connect(1, "ann");
		IntStream.range(0, 25).forEach((i) -> AskedNodes.join(ann, "hall:" + (10 + i)));
		List<String> ids = new ArrayList<>();
		String after = "";
		for (int page = 0; page < 3; page++) {
			JsonNode answer = nodes.get(page % 2, "sockets?limit=2" + after);
			ids.addAll(texts(answer, "id"));
			after = "&after=" + answer.get("next").asString();
			assertThat(answer.get("next").isNull()).isEqualTo(page == 2);
		}
		assertThat(ids).hasSize(6).isSorted().doesNotHaveDuplicates();
		assertThat(texts(nodes.get(0, "sockets?user=ann"), "user")).containsExactly("ann");
		assertThat(texts(nodes.get(0, "sockets?id=user_socket:user3"), "user")).containsExactly("user3");
		assertThat(texts(nodes.get(0, "sockets?topic=room:2"), "user")).containsExactly("user2");
		assertThat(texts(nodes.get(0, "sockets?topic=room:*"), "user")).hasSize(5);
		assertThat(texts(nodes.get(0, "sockets?address=127.0.0.1"), "user")).hasSize(6);
		assertThat(texts(nodes.get(0, "sockets?address=127.0.0.2"), "user")).isEmpty();
		assertThat(texts(nodes.get(0, "sockets?since=" + before), "user")).hasSize(6);
		assertThat(texts(nodes.get(0, "sockets?since=" + Instant.now().plusSeconds(60)), "user")).isEmpty();
		assertThat(texts(nodes.get(0, "sockets?node=n1@127.0.0.1"), "user")).hasSize(3);
		JsonNode socket = nodes.get(0, "sockets?user=ann").get("items").get(0);
		assertThat(nodes.get(0, "sockets?id=" + socket.get("id").stringValue()).get("items")).hasSize(1);
		assertThat(socket.get("node").stringValue()).isEqualTo("n2@127.0.0.1");
		assertThat(socket.get("transport").stringValue()).isEqualTo("websocket");
		assertThat(socket.get("address").stringValue()).matches("127\\.0\\.0\\.1:\\d+");
		assertThat(socket.get("topics")).hasSize(20);
		assertThat(socket.get("topicCount").intValue()).isEqualTo(25);
		assertThat(socket.get("pendingBytes").longValue()).isZero();
		assertThat(Instant.parse(socket.get("since").stringValue())).isBetween(before, Instant.now());
		assertThat(Instant.parse(socket.get("lastHeard").stringValue())).isBetween(before, Instant.now());
	}

	@Test
	void stompSessionsOfBothNodesAreShown() throws Exception {
		TextClient ann = nodes.stomp(0, "ann", "/topic/news", "/user/queue/mail");
		nodes.stomp(1, "bob", "/topic/news");
		await().untilAsserted(() -> {
			assertThat(texts(nodes.get(0, "stomp"), "user")).containsExactlyInAnyOrder("ann", "bob");
			assertThat(nodes.get(1, "stomp?user=ann").get("items").get(0).get("destinations"))
				.hasToString("[\"/topic/news\",\"/user/queue/mail\"]");
			assertThat(texts(nodes.get(1, "stomp?destination=/topic/news"), "node"))
				.containsExactlyInAnyOrder("n1@127.0.0.1", "n2@127.0.0.1");
		});
		assertThat(texts(nodes.get(1, "stomp?destination=/user/queue/mail"), "user")).containsExactly("ann");
		JsonNode session = nodes.get(1, "stomp?user=ann").get("items").get(0);
		assertThat(session.get("transport").stringValue()).isEqualTo("websocket");
		assertThat(session.get("destinationCount").intValue()).isEqualTo(2);
		assertThat(session.get("pendingMessages").intValue()).isZero();
		assertThat(texts(nodes.get(0, "stomp?session=" + session.get("session").stringValue()), "user"))
			.containsExactly("ann");
		assertThat(nodes.get(0, "nodes").get("items").get(0).get("stompSessions").intValue()).isOne();
		ann.close();
		await().untilAsserted(() -> assertThat(texts(nodes.get(1, "stomp"), "user")).containsExactly("bob"));
	}

	@Test
	void presenceIsShownByOneNodeForAll() {
		AskedNodes.join(nodes.connect(0, "ann"), "hall:1");
		AskedNodes.join(nodes.connect(1, "bob"), "hall:1");
		AskedNodes.join(nodes.connect(1, "bob"), "hall:2");
		await().untilAsserted(() -> assertThat(nodes.get(0, "presence?prefix=hall:").get("items"))
			.hasToString("[{\"topic\":\"hall:1\",\"entries\":2},{\"topic\":\"hall:2\",\"entries\":1}]"));
		JsonNode answer = nodes.get(0, "presence?topic=hall:1");
		assertThat(texts(answer, "key")).containsExactly("ann", "bob");
		assertThat(texts(answer, "node")).containsExactly("n1@127.0.0.1", "n2@127.0.0.1");
		assertThat(answer.get("items").get(1).get("metas"))
			.hasToString("[{\"mood\":\"fine\",\"level\":7,\"rest\":\"[1, 2]\"}]");
		assertThat(answer.get("answered")).hasSize(1);
		assertThat(nodes.get(0, "presence?topic=hall:1&node=n2@127.0.0.1").get("items")).isEqualTo(answer.get("items"));
		assertThat(refused("presence?topic=hall:1&prefix=hall:", 400))
			.isEqualTo("Give a prefix of topics or a topic, not both");
	}

	@Test
	void eachNodeTellsWhereApplicationsRun() {
		await().untilAsserted(() -> {
			JsonNode answer = nodes.get(1, "distributed?application=invoices");
			assertThat(texts(answer, "node")).containsExactly("n1@127.0.0.1", "n2@127.0.0.1");
			assertThat(texts(answer, "owner")).containsExactly("n1@127.0.0.1", "n1@127.0.0.1");
			assertThat(texts(answer, "state")).containsExactly("running", "running");
		});
		assertThat(nodes.get(1, "distributed?application=other").get("items")).isEmpty();
	}

	@Test
	void whatEachNodeKeepsIsShown() {
		nodes.bean(0, PubSub.class).broadcast("kept:1", "hello");
		nodes.bean(0, PubSub.class).broadcast("kept:1", "again");
		await().untilAsserted(() -> {
			JsonNode item = nodes.get(1, "history?prefix=kept:1").get("items").get(0);
			assertThat(item.get("topic").stringValue()).isEqualTo("kept:1");
			for (String node : List.of("n1@127.0.0.1", "n2@127.0.0.1")) {
				assertThat(item.get("nodes").get(node).get("messages").intValue()).isEqualTo(2);
				assertThat(item.get("nodes").get(node).get("bytes").intValue()).isBetween(20, 2000);
			}
		});
		assertThat(nodes.get(1, "history?prefix=other:").get("items")).isEmpty();
	}

	@Test
	void hostileNamesAreShownInOneLine() {
		nodes.connect(0, "a\u202e\r\nb\u001b[2J");
		assertThat(texts(nodes.get(1, "sockets"), "user")).containsExactly("a???b?[2J");
		nodes.bean(0, PubSub.class).subscribe("odd:\u202e\n", (message) -> {
		});
		assertThat(texts(nodes.get(1, "topics?prefix=odd:"), "topic")).containsExactly("odd:??");
	}

	@Test
	void thePageShowsWhatIsAnswered() throws Exception {
		nodes.bean(0, PubSub.class).subscribe("shown", (message) -> {
		});
		AskedNodes.join(nodes.connect(0, "ann"), "hall:1");
		nodes.stomp(0, "ann", "/topic/news");
		nodes.bean(0, PubSub.class).broadcast("kept:shown", "hello");
		Map<String, JsonNode> examples = examples();
		assertThat(examples.keySet()).containsExactly("distributed", "history", "nodes", "presence", "sockets", "stomp",
				"taps", "topics", "views");
		// a tap has to be open
		examples.remove("taps");
		examples.forEach((section, example) -> {
			await().until(() -> !nodes.get(0, section).get("items").isEmpty());
			JsonNode answer = nodes.get(0, section);
			assertThat(answer.propertyNames()).as(section).containsExactlyElementsOf(example.propertyNames());
			JsonNode shown = example.get("items").get(0);
			JsonNode item = answer.get("items").get(0);
			assertThat(item).as(section).isNotNull();
			assertThat(item.propertyNames()).as(section).containsExactlyElementsOf(shown.propertyNames());
			item.properties()
				.forEach((field) -> assertThat(field.getValue().getNodeType()).as(section + " " + field.getKey())
					.isEqualTo(shown.get(field.getKey()).getNodeType()));
		});
	}

	// the first example below the heading of each section
	private static Map<String, JsonNode> examples() throws Exception {
		Path page = Path.of("../docs/endpoints.md");
		Map<String, JsonNode> examples = new TreeMap<>();
		for (String part : Files.readString(page).split("(?m)^## ")) {
			String heading = part.substring(0, part.indexOf('\n'));
			if (heading.matches("[a-z]+")) {
				String json = part.substring(part.indexOf("```json") + 7);
				examples.put(heading, JsonMapper.shared().readTree(json.substring(0, json.indexOf("```"))));
			}
		}
		return examples;
	}

	@Test
	void badQuestionsAreRefusedWithTheReason() {
		assertThat(refused("sockets?limit=0", 400)).isEqualTo("limit must be from 1 to 1000");
		assertThat(refused("sockets?limit=1001", 400)).isEqualTo("limit must be from 1 to 1000");
		assertThat(refused("sockets?limit=many", 400)).isEqualTo("limit must be a number from 1 to 1000");
		assertThat(refused("sockets?after=%2e%2e", 400)).isEqualTo("after must be the next of a page");
		assertThat(refused("sockets?timeout=11s", 400)).isEqualTo("timeout must be more than 0 and at most 10 s");
		assertThat(refused("sockets?timeout=1000000d", 400)).isEqualTo("timeout must be more than 0 and at most 10 s");
		assertThat(refused("sockets?timeout=soon", 400)).isEqualTo("timeout must be a duration such as 500ms or 2s");
		assertThat(refused("sockets?since=today", 400))
			.isEqualTo("since must be a moment such as 2026-01-31T12:00:00Z");
		assertThat(refused("sockets?prefix=room", 400))
			.isEqualTo("'prefix' does not apply to sockets; these do: [address, id, since, topic, user]");
		assertThat(refused("sockets?node=n3@127.0.0.1", 400))
			.isEqualTo("There is no node n3@127.0.0.1 in the view of n1@127.0.0.1");
		assertThat(refused("sockets?node=x", 400)).contains("'x'");
		assertThat(refused("nothing", 404)).isEqualTo("There is no section of this name on this node");
	}

	private static List<String> texts(JsonNode answer, String name) {
		List<String> texts = new ArrayList<>();
		answer.get("items").forEach((item) -> texts.add(item.get(name).asString()));
		return texts;
	}

	private static String refused(String path, int status) {
		return nodes.refused("GET", path, "", status);
	}

}
