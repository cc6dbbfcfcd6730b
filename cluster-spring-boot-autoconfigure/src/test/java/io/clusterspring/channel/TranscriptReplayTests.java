package io.clusterspring.channel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.protocol.Transcript;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays recorded conversations with Phoenix against a {@link ChannelServer}: the same
 * messages in the same order, nothing more, nothing less. Objects are compared as
 * unordered, as Phoenix leaves the order of their keys open.
 */
class TranscriptReplayTests {

	/** What is about other features or about the transport below. */
	private static final Set<String> ELSEWHERE = Set.of("presence", "presence_two_metas", "presence_no_user",
			"presence_order_stats", "kick", "reject", "control_frames", "idle_timeout", "oversized",
			"upgrade_ok_headers", "longpoll", "longpoll_kick", "node_SIGTERM", "node_SIGKILL");

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private final ChannelNodes nodes = new ChannelNodes();

	private final Map<String, Client> clients = new HashMap<>();

	static List<Transcript> transcripts() {
		return Transcript.all()
			.stream()
			.filter((transcript) -> transcript.isTextV2() && !ELSEWHERE.contains(transcript.name()))
			.toList();
	}

	@BeforeEach
	void start() {
		this.nodes.start(N1, 1000, TranscriptRooms.Room::new);
		this.nodes.start(N2, 1000, TranscriptRooms.Room::new);
	}

	@AfterEach
	void stop() {
		this.nodes.close();
	}

	@ParameterizedTest
	@MethodSource("transcripts")
	void replays(Transcript transcript) throws Exception {
		for (Transcript.Step step : transcript.steps()) {
			play(step);
		}
		for (Client client : this.clients.values()) {
			client.send("[null,\"end\",\"phoenix\",\"heartbeat\",{}]");
			assertThat(client.next()).startsWith("[null,\"end\"");
		}
	}

	private void play(Transcript.Step step) throws Exception {
		switch (step.event()) {
			case "connect" ->
				this.clients.put(step.client(), this.nodes.connect(step.url().contains(":4001/") ? N1 : N2, null));
			case "send" -> client(step).send(step.text());
			case "recv" -> assertThat(JsonMapper.shared().readTree(client(step).next()))
				.isEqualTo(JsonMapper.shared().readTree(step.text()));
			case "client_closes" -> this.clients.remove(step.client()).close();
			case "close" -> closed(step);
			default -> assertThat(step.event()).isEqualTo("open");
		}
	}

	private void closed(Transcript.Step step) throws Exception {
		Client client = this.clients.remove(step.client());
		if (client != null) {
			assertThat(client.connection().closeCode()).isEqualTo(step.code());
		}
	}

	private Client client(Transcript.Step step) {
		return this.clients.get(step.client());
	}

}
