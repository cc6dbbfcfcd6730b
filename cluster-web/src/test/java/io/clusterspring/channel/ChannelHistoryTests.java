package io.clusterspring.channel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.drain.Drainable;
import io.clusterspring.history.HistorySettings;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.pubsub.TopicHistory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for clients that come back to a topic with history.
 */
class ChannelHistoryTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final Node N3 = Node.of("n3@127.0.0.1");

	private static final String TOPIC = "room:1";

	private static final String UNKNOWN = "{\"$history\":{\"position\":\"AAAAAAAA:7\",\"away\":10}}";

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private final HistoryRooms.Room room = new HistoryRooms.Room();

	@BeforeEach
	void start() {
		this.nodes.histories = List
			.of(new HistorySettings("rooms", List.of("room:*"), 20, Duration.ofMinutes(1), 10_000_000));
		this.nodes.start(N1, 1000, List.of(this.room));
		this.nodes.start(N2, 1000, List.of(new HistoryRooms.Room()));
	}

	@Test
	void broadcastsCarryTheirPosition() {
		Client v2 = connect(N1);
		v2.joined(TOPIC);
		Client v1 = this.nodes.connect(N1, null, "1.0.0");
		v1.send("{\"topic\":\"room:1\",\"event\":\"phx_join\",\"payload\":{},\"ref\":\"1\"}");
		assertThat(v1.next()).contains("phx_reply");
		number(N2, 1);
		number(N2, 2);
		String first = HistoryRooms.numberOf(v2, 1);
		String second = HistoryRooms.numberOf(v2, 2);
		assertThat(first).matches("[-_A-Za-z0-9]{8}:1");
		assertThat(second).isEqualTo(first.replace(":1", ":2"));
		assertThat(v1.next())
			.isEqualTo("{\"event\":\"number\",\"payload\":{\"n\":1},\"ref\":\"" + first + "\",\"topic\":\"room:1\"}");
	}

	@Test
	void topicsWithoutHistoryAreAsEver() {
		Client client = connect(N1);
		client.join("plain:1", "{ \"$history\":{\"last\":5},\"a\":1}");
		client.gets("1", "1", "plain:1", "phx_reply",
				"{\"status\":\"ok\",\"response\":{\"$history\":{\"last\":5},\"a\":1}}");
		this.nodes.server(N2).broadcast("plain:1", "number", Map.of("n", 1));
		assertThat(client.next()).isEqualTo("[null,null,\"plain:1\",\"number\",{\"n\":1}]");
		assertThat(this.nodes.server(N1).history("plain:1").isKept()).isFalse();
	}

	@Test
	void keyIsCutOutBeforeTheHandlerSeesThePayload() {
		Client client = connect(N1);
		client.join(TOPIC, "{\"$history\":{}, \"a\": [1.50, \"é\"]}");
		client.gets("1", "1", TOPIC, "phx_reply", Client.OK);
		assertThat(this.room.joined.get()).isEqualTo("{\"a\": [1.50, \"é\"]}");
		HistoryRooms.recovered(client, null);
	}

	@Test
	void clientThatMovesToAnotherNodeGetsWhatItMissedOnceAndInOrder() {
		Client before = follow(N1, "{}");
		HistoryRooms.recovered(before, null);
		number(N1, 0);
		String position = HistoryRooms.numberOf(before, 0);
		before.close();
		IntStream.rangeClosed(1, 9).forEach((n) -> number((n % 3 == 0) ? N2 : N1, n));
		await().until(() -> this.nodes.server(N2).history(TOPIC).messages().size() == 10);
		Client after = follow(N2, "{\"position\":\"%s\",\"away\":5000}".formatted(position));
		List<Integer> came = IntStream.rangeClosed(1, 9).map((n) -> HistoryRooms.number(after)).boxed().toList();
		assertThat(came).filteredOn((n) -> n % 3 == 0).containsExactly(3, 6, 9);
		assertThat(came).filteredOn((n) -> n % 3 != 0).containsExactly(1, 2, 4, 5, 7, 8);
		JsonNode told = HistoryRooms.recovered(after, true);
		assertThat(told.path("position").stringValue().split(",")).hasSize(2).anyMatch((part) -> part.endsWith(":7"));
		number(N1, 10);
		assertThat(HistoryRooms.number(after)).isEqualTo(10);
	}

	@Test
	void clientThatMissedNothingIsToldSo() {
		Client before = follow(N1, "{}");
		HistoryRooms.recovered(before, null);
		number(N1, 0);
		String position = HistoryRooms.numberOf(before, 0);
		Client after = follow(N1, "{\"position\":\"%s\"}".formatted(position));
		assertThat(HistoryRooms.recovered(after, true).path("position").stringValue()).isEqualTo(position);
	}

	@Test
	void firstJoinGetsTheLastMessages() {
		IntStream.range(0, 10).forEach((n) -> number(N1, n));
		Client client = follow(N1, "{\"last\":3}");
		assertThat(List.of(HistoryRooms.number(client), HistoryRooms.number(client), HistoryRooms.number(client)))
			.containsExactly(7, 8, 9);
		assertThat(HistoryRooms.recovered(client, null).path("position").stringValue()).endsWith(":10");
	}

	@Test
	void refusedClientGetsNothing() {
		number(N1, 1);
		Client client = connect(N1);
		client.join(TOPIC, "{\"banned\":true,\"$history\":{\"last\":3}}");
		client.getsReply(TOPIC, "1", "error", "{\"reason\":\"banned\"}");
		client.heartbeat("2");
		assertThat(ChannelLeaks.topics(this.nodes.server(N1))).isEmpty();
	}

	@Test
	void evictedMessagesAreToldAndNoneOfTheMissedComes() {
		number(N1, 0);
		String position = this.nodes.server(N1).history(TOPIC).position().toString();
		IntStream.rangeClosed(1, 25).forEach((n) -> number(N1, n));
		Client client = follow(N1, "{\"position\":\"%s\",\"away\":1}".formatted(position));
		JsonNode told = HistoryRooms.recovered(client, false);
		assertThat(told.path("reason").stringValue()).isEqualTo("evicted");
		assertThat(told.path("position").stringValue()).endsWith(":26");
		number(N1, 26);
		assertThat(HistoryRooms.number(client)).isEqualTo(26);
	}

	@ParameterizedTest
	@ValueSource(strings = { "5", "null", "[]", "{\"position\":5}", "{\"position\":\"x\"}",
			"{\"position\":\"AAAAAAAA:99999999999999999999\"}", "{\"away\":-1}", "{\"away\":\"x\"}", "{\"last\":{}}",
			"{\"last\":1e999999999}", "{\"position\":\"!!!!!!!!:1\"}" })
	void keyThatCannotBeReadIsToldAsALoss(String key) {
		number(N1, 0);
		Client client = follow(N1, key);
		assertThat(HistoryRooms.recovered(client, false).path("reason").stringValue()).isEqualTo("invalid");
		number(N1, 1);
		assertThat(HistoryRooms.number(client)).isEqualTo(1);
	}

	@Test
	void messagesThatComeWhileTheClientWaitsFollowTheLoss() {
		Client other = connect(N1);
		other.joined(TOPIC);
		number(N1, 0);
		assertThat(HistoryRooms.number(other)).isZero();
		Client client = connect(N1);
		client.join(TOPIC, UNKNOWN);
		client.gets("1", "1", TOPIC, "phx_reply", Client.OK);
		number(N1, 1);
		number(N2, 2);
		assertThat(HistoryRooms.number(other) + HistoryRooms.number(other)).isEqualTo(3);
		assertThat(client.connection().isSilent()).isTrue();
		JsonNode told = HistoryRooms.recovered(client, false);
		assertThat(told.path("reason").stringValue()).isEqualTo("unknown-origin");
		assertThat(told.path("position").stringValue().split(",")).as("before the messages that follow")
			.anyMatch((part) -> part.endsWith(":1"))
			.anyMatch((part) -> part.endsWith(":0"));
		assertThat(List.of(HistoryRooms.number(client), HistoryRooms.number(client))).containsExactlyInAnyOrder(1, 2);
		number(N1, 3);
		assertThat(HistoryRooms.number(client)).isEqualTo(3);
	}

	@Test
	void clientThatLeavesWhileItWaitsLeavesNothingBehind() {
		Client client = connect(N1);
		client.join(TOPIC, UNKNOWN);
		client.gets("1", "1", TOPIC, "phx_reply", Client.OK);
		client.send(TOPIC, "2", "phx_leave", "{}");
		client.getsReply(TOPIC, "2", "ok", "{}");
		client.gets("1", "1", TOPIC, "phx_close", "{}");
		assertThat(ChannelLeaks.topics(this.nodes.server(N1))).isEmpty();
		assertThat(ChannelLeaks.subscriptions(this.nodes.server(N1))).isEmpty();
		Client next = follow(N1, "{}");
		HistoryRooms.recovered(next, null);
		number(N1, 1);
		assertThat(HistoryRooms.number(next)).isEqualTo(1);
		assertThat(client.connection().isSilent()).isTrue();
	}

	@Test
	void replyWaitsForTheOwnBroadcastOfAClientThatCatchesUp() {
		Client client = connect(N1);
		client.join(TOPIC, UNKNOWN);
		client.gets("1", "1", TOPIC, "phx_reply", Client.OK);
		client.send(TOPIC, "2", "shout", "{\"n\":5}");
		HistoryRooms.recovered(client, false);
		assertThat(HistoryRooms.number(client)).isEqualTo(5);
		client.getsReply(TOPIC, "2", "ok", "{}");
	}

	@Test
	void drainWaitsForTheOwnBroadcastOfAClientThatCatchesUp() throws Exception {
		Client client = connect(N1);
		client.join(TOPIC, UNKNOWN);
		client.gets("1", "1", TOPIC, "phx_reply", Client.OK);
		client.send(TOPIC, "2", "shout", "{\"n\":5}");
		this.nodes.server(N1).drainable().connections().forEachRemaining(Drainable.Connection::drain);
		HistoryRooms.recovered(client, false);
		assertThat(HistoryRooms.number(client)).isEqualTo(5);
		client.getsReply(TOPIC, "2", "ok", "{}");
		assertThat(client.connection().closeCode()).isEqualTo(1012);
		await().untilAsserted(() -> assertThat(ChannelLeaks.topics(this.nodes.server(N1))).isEmpty());
	}

	@Test
	void handlersInterceptReplayedMessagesAndTheirPushesCarryThePosition() {
		number(N1, 0);
		String position = this.nodes.server(N1).history(TOPIC).position().toString();
		number(N1, 1);
		this.nodes.server(N1).broadcast(TOPIC, "seen", Map.of("n", 2));
		this.nodes.server(N1).broadcast(TOPIC, "hidden", Map.of("n", 3));
		number(N1, 4);
		Client client = follow(N1, "{\"position\":\"%s\"}".formatted(position));
		assertThat(HistoryRooms.number(client)).isEqualTo(1);
		String third = position.replace(":1", ":3");
		assertThat(client.next()).isEqualTo("[\"1\",\"" + third + "\",\"room:1\",\"seen\",{\"n\":2}]");
		assertThat(client.next())
			.isEqualTo("[null,null,\"room:1\",\"$history\",{\"position\":\"" + position.replace(":1", ":4") + "\"}]");
		assertThat(HistoryRooms.number(client)).isEqualTo(4);
		HistoryRooms.recovered(client, true);
		this.nodes.server(N1).broadcast(TOPIC, "seen", Map.of("n", 5));
		number(N1, 6);
		assertThat(client.next()).contains("seen").contains(position.replace(":1", ":6"));
		assertThat(HistoryRooms.number(client)).isEqualTo(6);
	}

	@Test
	void binaryBroadcastIsFollowedByItsPosition() {
		Client plain = connect(N1);
		plain.joined(TOPIC);
		Client client = follow(N1, "{}");
		HistoryRooms.recovered(client, null);
		this.nodes.server(N1).broadcast(TOPIC, "bytes", new byte[] { 1, 2 });
		number(N1, 1);
		assertThat(client.next()).startsWith("binary 02").endsWith("0102");
		assertThat(client.next()).startsWith("[null,null,\"room:1\",\"$history\",{\"position\":\"").contains(":1\"");
		assertThat(HistoryRooms.number(client)).isEqualTo(1);
		assertThat(plain.next()).startsWith("binary 02").endsWith("0102");
		assertThat(HistoryRooms.number(plain)).as("no event").isEqualTo(1);
	}

	@Test
	void senderLearnsThePositionOfItsOwnMessage() {
		Client client = follow(N1, "{}");
		HistoryRooms.recovered(client, null);
		client.send(TOPIC, "2", "to_others", "{\"n\":1}");
		List<String> came = List.of(client.next(), client.next());
		assertThat(came).anyMatch((text) -> text.contains("phx_reply"))
			.anyMatch((text) -> text.startsWith("[null,null,\"room:1\",\"$history\",{\"position\":\""));
	}

	@Test
	void replayThatDoesNotFitIsALossAndTheSocketStaysOpen() {
		number(N1, 0);
		String position = this.nodes.server(N1).history(TOPIC).position().toString();
		IntStream.rangeClosed(1, 9).forEach((n) -> number(N1, n));
		RecordingConnection narrow = new RecordingConnection() {

			@Override
			public long room() {
				return 1000;
			}

		};
		AcceptedSocket accepted = (AcceptedSocket) this.nodes.server(N1)
			.connect(ChannelNodes.request(Map.of("vsn", "2.0.0"), null));
		Client client = new Client(narrow, accepted.open(narrow), false);
		client.join(TOPIC, "{\"$history\":{\"position\":\"%s\"}}".formatted(position));
		client.gets("1", "1", TOPIC, "phx_reply", Client.OK);
		assertThat(HistoryRooms.recovered(client, false).path("reason").stringValue()).isEqualTo("evicted");
		number(N1, 10);
		assertThat(HistoryRooms.number(client)).isEqualTo(10);
	}

	@Test
	void gapIsToldToClientsThatFollow() {
		this.nodes.topicCapacity = 5;
		this.nodes.start(N3, 1000, List.of(new HistoryRooms.Room()));
		Client plain = connect(N3);
		plain.joined(TOPIC);
		Client client = follow(N3, "{}");
		HistoryRooms.recovered(client, null);
		ClusterPubSub topics = (ClusterPubSub) this.nodes.pubSub(N3);
		await().until(() -> topics.statistics().waitingMessages() == 0);
		this.nodes.deliveries.hold();
		IntStream.range(0, 30).forEach((n) -> number(N3, n));
		this.nodes.deliveries.release();
		JsonNode told = HistoryRooms.recovered(client, false);
		assertThat(told.path("reason").stringValue()).isEqualTo("gap");
		assertThat(told.path("position").stringValue()).as("before the messages that follow").endsWith(":5");
		IntStream.range(5, 30).forEach((n) -> assertThat(HistoryRooms.number(client)).isEqualTo(n));
		IntStream.range(5, 30).forEach((n) -> assertThat(HistoryRooms.number(plain)).isEqualTo(n));
		await().until(() -> topics.statistics().waitingMessages() == 0);
	}

	@Test
	void noMessageStaysBehindIfTheHistoryWasReadBefore() {
		Client client = connect(N1);
		client.joined(TOPIC);
		this.nodes.deliveries.hold();
		ChannelLeaks.hub(this.nodes.server(N1)).afterBroadcasts(TOPIC, () -> {
		});
		this.nodes.server(N1).broadcastLocal(TOPIC, "number", Map.of("n", 1));
		number(N1, 2);
		this.nodes.deliveries.release();
		assertThat(List.of(HistoryRooms.number(client), HistoryRooms.number(client))).containsExactlyInAnyOrder(1, 2);
	}

	@Test
	void queuedMessagesComeInOneFrame() {
		Client client = follow(N1, "{}");
		HistoryRooms.recovered(client, null);
		ClusterPubSub topics = (ClusterPubSub) this.nodes.pubSub(N1);
		await().until(() -> topics.statistics().waitingMessages() == 0);
		int before = client.connection().frames.get();
		this.nodes.deliveries.hold();
		IntStream.range(0, 15).forEach((n) -> number(N1, n));
		this.nodes.deliveries.release();
		IntStream.range(0, 15).forEach((n) -> assertThat(HistoryRooms.number(client)).isEqualTo(n));
		assertThat(client.connection().frames.get() - before).isEqualTo(1);
	}

	@Test
	void applicationReadsTheHistory() {
		IntStream.range(0, 3).forEach((n) -> number(N1, n));
		TopicHistory history = this.nodes.server(N1).history(TOPIC);
		assertThat(history.isKept()).isTrue();
		assertThat(history.last(2)).extracting((message) -> message.payload(JsonNode.class).path("n").intValue())
			.containsExactly(1, 2);
	}

	private Client connect(Node node) {
		return this.nodes.connect(node, null);
	}

	private Client follow(Node node, String key) {
		Client client = connect(node);
		client.join(TOPIC, "{\"$history\":" + key + "}");
		client.gets("1", "1", TOPIC, "phx_reply", Client.OK);
		return client;
	}

	private void number(Node node, int number) {
		this.nodes.server(node).broadcast(TOPIC, "number", Map.of("n", number));
	}

}
