package io.clusterspring.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

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

	private static AskedNodes nodes;

	private final List<String> taps = new ArrayList<>();

	@BeforeAll
	static void start() {
		nodes = new AskedNodes(TapsApp.class, 18490, "--management.endpoints.web.exposure.include=cluster",
				"--management.endpoint.cluster.access=unrestricted");
	}

	@AfterAll
	static void stop() {
		nodes.close();
	}

	@AfterEach
	void close() {
		this.taps.forEach((tap) -> nodes.post(1, "taps/close", "{\"tap\":\"" + tap + "\"}"));
		nodes.closeClients();
	}

	@Test
	void tapOfATopicSeesAClientOfTheOtherNodeAndEachDeliveryOnce(CapturedOutput output) throws Exception {
		String tap = open("{\"topic\":\"chat:1\",\"seconds\":300}");
		TextClient ann = AskedNodes.join(nodes.connect(0, "ann"), "chat:1");
		TextClient bob = AskedNodes.join(nodes.connect(1, "bob"), "chat:1");
		AskedNodes.join(nodes.connect(1, "carl"), "chat:1");
		AskedNodes.join(nodes.connect(1, "carl"), "chat:2");
		TextClient dan = nodes.connect(0, "dan");
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
		assertThat(nodes.post(1, "taps/close", "{\"tap\":\"" + tap + "\"}").get("closed").intValue()).isEqualTo(2);
		assertThat(output).contains("taps/close {tap=" + tap + "}, asked for by 'olga'").contains("was closed");
		assertThat(silent(tap)).allMatch((reason) -> reason.startsWith("has no tap of this id")).hasSize(2);
	}

	@Test
	void tapOfASocketSeesItsRepliesPushesAndBroadcastsWithPayloads() throws Exception {
		TextClient ann = nodes.connect(1, "ann");
		AskedNodes.join(nodes.connect(1, "bob"), "chat:1");
		String tap = open("{\"socket\":\"user_socket:ann\",\"payloads\":true}");
		AskedNodes.join(ann, "chat:1");
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
		String connection = nodes.get(0, "sockets?user=ann").get("items").get(0).get("id").stringValue();
		assertThat(items).extracting((item) -> item.get("socket").stringValue()).containsOnly(connection);
	}

	@Test
	void tapEndsByItselfOnEachNode(CapturedOutput output) {
		String tap = open("{\"topic\":\"chat:9\",\"seconds\":1}");
		String ended = "Tap " + tap + " of topic 'chat:9' has ended";
		await().until(() -> output.getOut().split(ended, -1).length == 3);
		nodes.bean(1, Channels.class).broadcast("chat:9", "late", Map.of());
		assertThat(items(0, tap)).isEmpty();
		assertThat(nodes.get(0, "taps?tap=" + tap).get("answered")).hasSize(2);
	}

	@Test
	void tapSaysHowManyMessagesItHasLost() throws Exception {
		TextClient ann = AskedNodes.join(nodes.connect(1, "ann"), "chat:1");
		String tap = open("{\"topic\":\"chat:1\"}");
		Channels channels = nodes.bean(1, Channels.class);
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
		assertThat(nodes.post(0, "taps/close", "{\"tap\":\"" + forged + "\"}").get("closed").intValue()).isZero();
		for (int i = 0; i < 4; i++) {
			open("{\"topic\":\"a\"}");
		}
		assertThat(refused("POST", "taps/open", "{\"topic\":\"a\"}"))
			.isEqualTo("4 taps are open already, the most of a node");
	}

	private String open(String body) {
		JsonNode done = nodes.post(0, "taps/open", body);
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
			JsonNode page = nodes.get(node, "taps?limit=300&tap=" + tap + after);
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
		nodes.get(0, "taps?tap=" + tap).get("silent").forEach((node) -> reasons.add(node.get("reason").stringValue()));
		return reasons;
	}

	private static String refused(String method, String path, String body) {
		return nodes.refused(method, path, body, 400);

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
