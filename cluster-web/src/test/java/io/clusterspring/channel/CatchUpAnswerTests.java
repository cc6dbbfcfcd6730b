package io.clusterspring.channel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.history.HistorySettings;
import io.clusterspring.history.MessagePosition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what is said to clients that come back, and how it is counted.
 */
class CatchUpAnswerTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	@BeforeEach
	void start() {
		this.nodes.histories = List
			.of(new HistorySettings("rooms", List.of("room:*"), 20, Duration.ofMinutes(1), 10_000_000));
		this.nodes.start(N1, 1000, List.of(new HistoryRooms.Room()));
	}

	@Test
	void replayThatDoesNotFitIsCountedAsItIsTold() {
		String position = publish("room:1");
		assertThat(answer("room:1", position, 1000)).isEqualTo("evicted");
		assertThat(counted()).containsEntry("evicted", 1L).containsEntry("recovered", 0L);
		assertThat(answer("room:1", position, 100_000)).isEqualTo("recovered");
		assertThat(counted()).containsEntry("evicted", 1L).containsEntry("recovered", 1L);
	}

	@Test
	void answersWithoutALookAtTheHistoryAreCounted() {
		String position = publish("room:1");
		assertThat(answer("room:1", "nonsense", 100_000)).isEqualTo("invalid");
		assertThat(counted()).containsEntry("invalid", 1L);
		MessagePosition seen = MessagePosition.of(position);
		assertThat(answer("room:1", new MessagePosition(seen.origin(), 1000).toString(), 100_000))
			.isEqualTo("unreachable");
		assertThat(counted()).containsEntry("unreachable", 1L).containsEntry("recovered", 0L);
	}

	@Test
	void nameOfATopicTakesRoomAsItIsWritten() {
		String topic = "room:" + "\u0001".repeat(200);
		String position = publish(topic);
		assertThat(answer(topic, position, 5000)).isEqualTo("evicted");
		assertThat(answer(topic, position, 15_000)).isEqualTo("recovered");
	}

	@Test
	void topicsThatAClientNamesLeaveNothingBehind() {
		Client client = this.nodes.connect(N1, null);
		for (int i = 0; i < 50; i++) {
			client.join("room:" + i, "{\"$history\":{\"position\":\"AAAAAAAA:7\"}}");
			client.gets("1", "1", "room:" + i, "phx_reply", Client.OK);
			client.send("room:" + i, "2", "phx_leave", "{}");
			client.getsReply("room:" + i, "2", "ok", "{}");
			client.gets("1", "1", "room:" + i, "phx_close", "{}");
			this.nodes.server(N1).history("room:other" + i);
		}
		await().during(Duration.ofSeconds(2)).until(() -> this.nodes.kept.get(N1).statistics().topics() == 0);
	}

	/** Publish ten messages, and return the position of the first. */
	private String publish(String topic) {
		IntStream.range(0, 10).forEach((n) -> this.nodes.server(N1).broadcast(topic, "number", Map.of("n", n)));
		return String.valueOf(this.nodes.server(N1).history(topic).messages().get(0).position());
	}

	/** Return what a client is told in whose outbox some bytes have room. */
	private String answer(String topic, String position, long room) {
		RecordingConnection narrow = new RecordingConnection() {

			@Override
			public long room() {
				return room;
			}

		};
		AcceptedSocket accepted = (AcceptedSocket) this.nodes.server(N1)
			.connect(ChannelNodes.request(Map.of("vsn", "2.0.0"), null));
		Client client = new Client(narrow, accepted.open(narrow), false);
		client.join(topic.replace("\u0001", "\\u0001"), "{\"$history\":{\"position\":\"%s\"}}".formatted(position));
		for (String text = client.next(); true; text = client.next()) {
			if (text.contains("\"recovered\":")) {
				client.close();
				return text.contains("\"recovered\":true") ? "recovered"
						: text.replaceAll(".*\"reason\":\"([-a-z]*)\".*", "$1");
			}
		}
	}

	private Map<String, Long> counted() {
		return this.nodes.kept.get(N1).statistics().catchUps();
	}

}
