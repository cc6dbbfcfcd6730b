package io.clusterspring.channel;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.messaging.handler.annotation.Payload;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.pubsub.Broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for binary payloads, and for topics with members of both versions of the
 * protocol.
 */
@ExtendWith(OutputCaptureExtension.class)
class ChannelBinaryTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final String TOPIC = "room:1";

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private Client client;

	@BeforeEach
	void start() {
		this.nodes.start(N1, 1000, List.of(new Room(), new Binary()));
		this.nodes.start(N2, 1000, List.of(new Room()));
		this.client = this.nodes.connect(N1, null);
		this.client.joined(TOPIC);
	}

	@Test
	void bytesComeToTheHandlerAndGoBackAsReply() {
		push("2", "reverse", "010203ff");
		getsReply("2", "ok", "ff030201");
		push("3", "reverse", "");
		getsReply("3", "ok", "");
		push("4", "later", "0102");
		getsReply("4", "ok", "0201");
		push("5", "refuse", "0102");
		getsReply("5", "error", "0102");
	}

	@Test
	void bytesMayBePushed() {
		push("2", "push_back", "0102");
		assertThat(this.client.next())
			.isEqualTo("binary " + "00" + "010606" + hex("1") + hex(TOPIC) + hex("pushed") + "0102");
	}

	@Test
	void bytesMayBeBroadcastFromAnywhereToEveryNode() {
		Client other = this.nodes.connect(N2, null);
		other.joined(TOPIC);
		push("2", "shout", "0102");
		this.nodes.server(N2).broadcast(TOPIC, "news", new byte[] { 3 });
		this.nodes.pubSub(N1).broadcast(TOPIC, new Broadcast("news", new byte[] { 4 }));
		for (Client each : List.of(this.client, other)) {
			assertThat(List.of(each.next(), each.next(), each.next())).containsExactlyInAnyOrder(
					broadcast("shouted", "0102"), broadcast("news", "03"), broadcast("news", "04"));
		}
	}

	@Test
	void payloadIsPassedOnUnchanged() {
		push("2", "echo", "0102");
		getsReply("2", "ok", "0102");
		push("3", "pass_on", "0102");
		assertThat(this.client.next()).isEqualTo(broadcast("passed", "0102"));
		push("4", "wrap", "0102");
		this.client.getsReply(TOPIC, "4", "ok", "{\"size\":\"2 bytes\",\"in base64\":\"AQI=\"}");
	}

	@Test
	void interceptedBroadcastOfBytesIsSeenFirst() {
		this.nodes.server(N2).broadcast(TOPIC, "seen", new byte[] { 1, 2 });
		assertThat(this.client.next())
			.isEqualTo("binary " + "00" + "010604" + hex("1") + hex(TOPIC) + hex("seen") + "0201");
	}

	private static String invalid(String error) {
		return "{\"reason\":\"invalid payload\",\"errors\":{\"payload\":\"" + error + "\"}}";
	}

	@Test
	void payloadOfTheWrongKindIsInvalid() {
		push("2", "json", "0102");
		this.client.getsReply(TOPIC, "2", "error", invalid("has the wrong form"));
		this.client.send(TOPIC, "3", "reverse", "{}");
		this.client.getsReply(TOPIC, "3", "error", invalid("must be binary"));
		this.client.send(TOPIC, "4", "reverse", "\"AQI=\"");
		getsReply("4", "ok", "0201");
		this.client.send(TOPIC, "5", "echo_bytes", "{}");
		this.client.gets("1", "1", TOPIC, "phx_error", "{\"reason\":\"channel_crash\"}");
	}

	@Test
	void joinMayBeBinaryAndItsReplyToo() {
		this.client
			.sendBinary(bytes("00" + "01010508" + hex("9") + hex("9") + hex("bin:1") + hex("phx_join") + "0102"));
		assertThat(this.client.next())
			.isEqualTo("binary " + "01" + "01010502" + hex("9") + hex("9") + hex("bin:1") + hex("ok") + "0201");
	}

	@Test
	void clientOfVersion1GetsNothingBinaryButAllElse(CapturedOutput output) {
		Client old = oldClient();
		push("2", "shout", "0102");
		assertThat(this.client.next()).isEqualTo(broadcast("shouted", "0102"));
		this.nodes.server(N2).broadcast(TOPIC, "news", Map.of("a", 1));
		this.client.gets(null, null, TOPIC, "news", "{\"a\":1}");
		assertThat(old.next())
			.isEqualTo("{\"event\":\"news\",\"payload\":{\"a\":1},\"ref\":null,\"topic\":\"room:1\"}");
		assertThat(this.nodes.server(N1).lostBinaryPayloads()).isOne();
		assertThat(this.nodes.server(N2).lostBinaryPayloads()).isZero();
		assertThat(output).contains("Lost the payload of 'shouted' for channel 'room:1'");
	}

	@Test
	void clientOfVersion1GetsAnErrorForABinaryReplyAndItsPushesAreLeftOut() {
		Client old = oldClient();
		old.send(v1("2", "reverse", "\"AQI=\""));
		assertThat(old.next()).isEqualTo("{\"event\":\"phx_reply\",\"payload\":"
				+ "{\"response\":{\"reason\":\"binary response\"},\"status\":\"error\"},\"ref\":\"2\",\"topic\":\"room:1\"}");
		old.send(v1("3", "push_back", "\"AQI=\""));
		old.heartbeat("4");
		await().until(() -> this.nodes.server(N1).lostBinaryPayloads() == 2);
		old.send(v1("5", "json", "{\"a\":1}"));
		assertThat(old.next()).contains("\"response\":{\"a\":1},\"status\":\"ok\"");
	}

	@Test
	void clientOfVersion1IsNotJoinedIfTheReplyIsBinary() {
		Client old = this.nodes.connect(N1, null, null);
		old.send("{\"topic\":\"bin:1\",\"event\":\"phx_join\",\"payload\":\"AQI=\",\"ref\":\"1\"}");
		assertThat(old.next()).contains("{\"reason\":\"binary response\"},\"status\":\"error\"");
		old.send("{\"topic\":\"bin:1\",\"event\":\"any\",\"payload\":{},\"ref\":\"2\"}");
		assertThat(old.next()).contains("{\"reason\":\"unmatched topic\"},\"status\":\"error\"");
	}

	@Test
	void clientOfVersion1MayBroadcastBytesToOthers() {
		Client old = oldClient();
		old.send(v1("2", "shout", "\"AQI=\""));
		assertThat(this.client.next()).isEqualTo(broadcast("shouted", "0102"));
		old.heartbeat("3");
	}

	@Test
	void topicMayHave255Bytes() {
		String topic = "room:" + "x".repeat(250);
		this.client.joined(topic);
		this.client.send(topic, "2", "shout", "\"AQI=\"");
		assertThat(this.client.next()).startsWith("binary 02ff07").endsWith("0102");
		this.client.join(topic + "x");
		this.client.gets("1", "1", topic + "x", "phx_reply",
				"{\"status\":\"error\",\"response\":{\"reason\":\"topic too long\"}}");
		this.client.heartbeat("4");
	}

	private Client oldClient() {
		Client old = this.nodes.connect(N1, null, "1.0.0");
		old.send(v1("1", "phx_join", "{}"));
		assertThat(old.next()).isEqualTo("{\"event\":\"phx_reply\",\"payload\":{\"response\":{},\"status\":\"ok\"},"
				+ "\"ref\":\"1\",\"topic\":\"room:1\"}");
		return old;
	}

	private static String v1(String ref, String event, String payload) {
		return "{\"topic\":\"room:1\",\"event\":\"%s\",\"payload\":%s,\"ref\":\"%s\"}".formatted(event, payload, ref);
	}

	private void push(String ref, String event, String payload) {
		this.client.sendBinary(bytes("00" + "010106%02x".formatted(event.length()) + hex("1") + hex(ref) + hex(TOPIC)
				+ hex(event) + payload));
	}

	private void getsReply(String ref, String status, String payload) {
		assertThat(this.client.next()).isEqualTo("binary 01010106%02x".formatted(status.length()) + hex("1") + hex(ref)
				+ hex(TOPIC) + hex(status) + payload);
	}

	private static String broadcast(String event, String payload) {
		return "binary 0206%02x".formatted(event.length()) + hex(TOPIC) + hex(event) + payload;
	}

	private static String hex(String text) {
		return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex);
	}

	private static byte[] reversed(byte[] bytes) {
		byte[] reversed = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			reversed[i] = bytes[bytes.length - 1 - i];
		}
		return reversed;
	}

	@ChannelController("room:{room}")
	static class Room {

		@OnEvent("reverse")
		byte[] reverse(@Payload byte[] bytes) {
			return reversed(bytes);
		}

		@OnEvent("later")
		Reply later(byte[] bytes) {
			return Reply.later(CompletableFuture.supplyAsync(() -> reversed(bytes)));
		}

		@OnEvent("refuse")
		Reply refuse(byte[] bytes) {
			return Reply.error(bytes);
		}

		@OnEvent("push_back")
		void pushBack(Channel channel, byte[] bytes) {
			channel.push("pushed", bytes);
		}

		@OnEvent("shout")
		void shout(Channel channel, byte[] bytes) {
			channel.broadcast("shouted", bytes);
		}

		@OnEvent("echo")
		ChannelPayload echo(ChannelPayload payload) {
			return payload;
		}

		@OnEvent("echo_bytes")
		byte[] echoBytes(ChannelPayload payload) {
			return payload.bytes();
		}

		@OnEvent("pass_on")
		void passOn(Channel channel, ChannelPayload payload) {
			channel.broadcast("passed", payload);
		}

		@OnEvent("wrap")
		Map<String, Object> wrap(ChannelPayload payload) {
			return Map.of("size", payload.toString(), "in base64", payload);
		}

		@OnEvent("json")
		Map<String, Object> json(Map<String, Object> payload) {
			return payload;
		}

		@OnBroadcast("seen")
		byte[] seen(byte[] bytes) {
			return reversed(bytes);
		}

	}

	@ChannelController("bin:{id}")
	static class Binary {

		@OnJoin
		Reply join(byte[] bytes) {
			return Reply.ok(reversed(bytes));
		}

	}

}
