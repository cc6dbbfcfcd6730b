package io.clusterspring.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnJoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that a tap that is opened on one of two nodes sees the messages of both, over
 * HTTP, with real sockets.
 */
@ExtendWith(OutputCaptureExtension.class)
class TapsIntegrationTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final String CLUSTER = "taps-" + UUID.randomUUID();

	private static final List<ConfigurableApplicationContext> NODES = new ArrayList<>();

	private final List<TextClient> clients = new ArrayList<>();

	private final List<String> taps = new ArrayList<>();

	@BeforeAll
	static void start() {
		for (String node : List.of("n1@127.0.0.1", "n2@127.0.0.1")) {
			NODES.add(new SpringApplicationBuilder(TapsApp.class).run("--server.port=0", "--cluster.name=" + CLUSTER,
					"--cluster.node=" + node, "--cluster.port=18490", "--cluster.sync-nodes-timeout=60s",
					"--cluster.sync-nodes-optional=" + (node.startsWith("n1") ? "" : "n1@127.0.0.1"),
					"--management.endpoints.web.exposure.include=cluster",
					"--management.endpoint.cluster.access=unrestricted"));
		}
		await().until(() -> get(0, "nodes").get("answered").size() == 2);
		await().until(() -> get(1, "nodes").get("answered").size() == 2);
	}

	@AfterAll
	static void stop() {
		NODES.forEach(ConfigurableApplicationContext::close);
		NODES.clear();
	}

	@AfterEach
	void close() {
		this.clients.forEach(TextClient::close);
		this.taps.forEach((tap) -> post(1, "taps/close", "{\"tap\":\"" + tap + "\"}"));
		await().until(() -> get(0, "sockets").get("items").isEmpty());
	}

	@Test
	void tapOfATopicSeesAClientOfTheOtherNodeAndEachDeliveryOnce(CapturedOutput output) throws Exception {
		String tap = open("{\"topic\":\"chat:1\",\"seconds\":300}");
		TextClient ann = join(connect(0, "ann"), "chat:1");
		TextClient bob = join(connect(1, "bob"), "chat:1");
		join(connect(1, "carl"), "chat:1");
		join(connect(1, "carl"), "chat:2");
		TextClient dan = connect(0, "dan");
		dan.send("[null,\"1\",\"chat:1\",\"refused\",{}]");
		assertThat(dan.next()).contains("unmatched topic");
		bob.send("[\"1\",\"2\",\"chat:1\",\"say\",{\"text\":\"hello\"}]");
		assertThat(ann.next()).contains("said");
		await().untilAsserted(() -> assertThat(shown(tap)).containsExactlyInAnyOrder("n1@127.0.0.1 in phx_join 2 ann",
				"n2@127.0.0.1 in phx_join 2 bob", "n2@127.0.0.1 in phx_join 2 carl", "n1@127.0.0.1 in refused 2 dan",
				"n2@127.0.0.1 in say 16 bob", "n2@127.0.0.1 out said 16 to 2 from n2@127.0.0.1",
				"n1@127.0.0.1 cluster said 16 to 1 from n2@127.0.0.1"));
		List<JsonNode> items = items(0, tap);
		assertThat(items).noneMatch((item) -> item.has("payload"));
		assertThat(items).extracting((item) -> item.get("at").stringValue()).isSorted();
		assertThat(items(1, tap)).isEqualTo(items);
		assertThat(output).contains("taps/open {topic=chat:1, seconds=300}, asked for by 'olga'")
			.containsPattern("Tap " + tap + " of topic 'chat:1' is open for 300 s(?s).*Tap " + tap
					+ " of topic 'chat:1' is open for 300 s");
		assertThat(post(1, "taps/close", "{\"tap\":\"" + tap + "\"}").get("closed").intValue()).isEqualTo(2);
		assertThat(output).contains("taps/close {tap=" + tap + "}, asked for by 'olga'").contains("was closed");
		assertThat(silent(tap)).allMatch((reason) -> reason.startsWith("has no tap of this id")).hasSize(2);
	}

	@Test
	void tapOfASocketSeesItsRepliesPushesAndBroadcastsWithPayloads() throws Exception {
		TextClient ann = connect(1, "ann");
		join(connect(1, "bob"), "chat:1");
		String tap = open("{\"socket\":\"user_socket:ann\",\"payloads\":true}");
		join(ann, "chat:1");
		ann.send("[\"1\",\"2\",\"chat:1\",\"whisper\",{\"text\":\"" + "x".repeat(2000) + "\"}]");
		assertThat(ann.next()).contains("whispered");
		ann.send("[\"1\",\"3\",\"chat:1\",\"say\",{\"text\":\"hi\"}]");
		assertThat(ann.next()).contains("said");
		ann.send("[null,\"4\",\"phoenix\",\"heartbeat\",{}]");
		ann.send("[\"1\",\"5\",\"chat:1\",\"phx_leave\",{}]");
		await().untilAsserted(() -> assertThat(shown(tap)).contains("n2@127.0.0.1 in heartbeat 2 ann",
				"n2@127.0.0.1 in phx_leave 2 ann", "n2@127.0.0.1 out phx_close 2 ann"));
		assertThat(shown(tap)).startsWith("n2@127.0.0.1 in phx_join 2 ann", "n2@127.0.0.1 out phx_reply 29 ann",
				"n2@127.0.0.1 in whisper 2011 ann", "n2@127.0.0.1 out whispered 2011 ann", "n2@127.0.0.1 in say 13 ann",
				"n2@127.0.0.1 out said 13 ann");
		List<JsonNode> items = items(0, tap);
		assertThat(items.get(4).get("payload").stringValue()).isEqualTo("{\"text\":\"hi\"}");
		assertThat(items.get(3).get("payload").stringValue()).hasSize(1003).startsWith("{\"text\":\"xxx");
		String connection = get(0, "sockets?user=ann").get("items").get(0).get("id").stringValue();
		assertThat(items).extracting((item) -> item.get("socket").stringValue()).containsOnly(connection);
	}

	@Test
	void tapEndsByItselfOnEachNode(CapturedOutput output) {
		String tap = open("{\"topic\":\"chat:9\",\"seconds\":1}");
		String ended = "Tap " + tap + " of topic 'chat:9' has ended";
		await().until(() -> output.getOut().split(ended, -1).length == 3);
		NODES.get(1).getBean(Channels.class).broadcast("chat:9", "late", Map.of());
		assertThat(items(0, tap)).isEmpty();
		assertThat(get(0, "taps?tap=" + tap).get("answered")).hasSize(2);
	}

	@Test
	void tapSaysHowManyMessagesItHasLost() throws Exception {
		TextClient ann = join(connect(1, "ann"), "chat:1");
		String tap = open("{\"topic\":\"chat:1\"}");
		Channels channels = NODES.get(1).getBean(Channels.class);
		for (int i = 0; i < 1001; i++) {
			channels.broadcast("chat:1", "e" + i, Map.of());
			assertThat(ann.next()).contains("\"e" + i + "\"");
		}
		List<JsonNode> items = items(0, tap);
		assertThat(items).hasSize(1001);
		assertThat(items.get(0).get("lost").intValue()).isOne();
		assertThat(items.get(0).get("direction").stringValue()).isEqualTo("lost");
		assertThat(items.get(1).get("event").stringValue()).isEqualTo("e1");
		assertThat(items.get(1000).get("event").stringValue()).isEqualTo("e1000");
	}

	@Test
	void badTapsAreRefusedWithTheReason() {
		String forged = UUID.randomUUID().toString();
		assertThat(refused("POST", "taps/open", "{\"topic\":\"a\",\"tap\":\"" + forged + "\"}"))
			.isEqualTo("taps/open chooses the id of the tap");
		assertThat(refused("POST", "taps/open", "{}")).isEqualTo("taps/open needs either topic or socket");
		assertThat(refused("POST", "taps/open", "{\"topic\":\"a\",\"seconds\":301}"))
			.isEqualTo("seconds must be a number from 1 to 300");
		assertThat(refused("POST", "taps/open", "{\"topic\":\"a\\u0000\"}")).contains("control character");
		assertThat(refused("POST", "taps/close", "{}")).contains("tap must be the id");
		assertThat(refused("GET", "taps", "")).contains("tap must be the id");
		assertThat(refused("GET", "taps?tap=1", "")).contains("tap must be the id");
		assertThat(silent(forged)).containsOnly("has no tap of this id, or has forgotten it").hasSize(2);
		assertThat(post(0, "taps/close", "{\"tap\":\"" + forged + "\"}").get("closed").intValue()).isZero();
		for (int i = 0; i < 4; i++) {
			open("{\"topic\":\"a\"}");
		}
		assertThat(refused("POST", "taps/open", "{\"topic\":\"a\"}"))
			.isEqualTo("4 taps are open already, the most of a node");
	}

	private String open(String body) {
		JsonNode done = post(0, "taps/open", body);
		assertThat(done.get("answered")).hasSize(2);
		assertThat(done.get("silent")).isEmpty();
		String tap = done.get("tap").stringValue();
		this.taps.add(tap);
		return tap;
	}

	private static List<JsonNode> items(int node, String tap) {
		List<JsonNode> items = new ArrayList<>();
		String after = "";
		while (after != null) {
			JsonNode page = get(node, "taps?limit=300&tap=" + tap + after);
			page.get("items").forEach(items::add);
			after = page.get("next").isNull() ? null : "&after=" + page.get("next").stringValue();
		}
		return items;
	}

	private static List<String> shown(String tap) {
		return items(0, tap).stream()
			.map((item) -> item.get("node").stringValue() + " " + item.get("direction").stringValue() + " "
					+ item.get("event").stringValue() + " " + item.get("bytes").intValue() + " "
					+ (item.has("user") ? item.get("user").stringValue()
							: "to " + item.get("sockets").intValue() + " from " + item.get("from").stringValue()))
			.toList();
	}

	private static List<String> silent(String tap) {
		List<String> reasons = new ArrayList<>();
		get(0, "taps?tap=" + tap).get("silent").forEach((node) -> reasons.add(node.get("reason").stringValue()));
		return reasons;
	}

	private TextClient connect(int node, String user) {
		TextClient client = TextClient.connect(HTTP,
				URI.create("ws://127.0.0.1:" + port(node) + "/socket/websocket?vsn=2.0.0&user=" + user));
		this.clients.add(client);
		return client;
	}

	private static TextClient join(TextClient client, String topic) throws InterruptedException {
		client.send("[\"1\",\"1\",\"" + topic + "\",\"phx_join\",{}]");
		assertThat(client.next()).contains("\"ok\"");
		return client;
	}

	private static String refused(String method, String path, String body) {
		HttpResponse<String> response = request(0, method, path, body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		return JsonMapper.shared().readTree(response.body()).get("reason").stringValue();
	}

	private static JsonNode post(int node, String action, String body) {
		return read(request(node, "POST", action, body));
	}

	private static JsonNode get(int node, String path) {
		return read(request(node, "GET", path, ""));
	}

	private static JsonNode read(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private static HttpResponse<String> request(int node, String method, String path, String body) {
		try {
			return HTTP
				.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(node) + "/actuator/cluster/" + path))
					.header("Content-Type", "application/json")
					.header("X-Operator", "olga")
					.method(method, HttpRequest.BodyPublishers.ofString(body))
					.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int port(int node) {
		return ((ServletWebServerApplicationContext) NODES.get(node)).getWebServer().getPort();
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ActionsApp.class, Chat.class })
	static class TapsApp {

	}

	@ChannelController("chat:*")
	static class Chat {

		@OnJoin
		void join() {
		}

		@OnEvent("say")
		void say(Channel channel, ChannelPayload payload) {
			channel.broadcast("said", payload);
		}

		@OnEvent("whisper")
		void whisper(Channel channel, ChannelPayload payload) {
			channel.push("whispered", payload);
		}

	}

}
