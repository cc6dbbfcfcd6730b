package io.clusterspring.channel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.protocol.Transcript;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.socket.AcceptedSocket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays recorded conversations with Phoenix against a {@link ChannelServer}. The server
 * must send exactly the same messages in the same order. The order of keys in objects is
 * ignored, because Phoenix does not define it.
 */
class TranscriptReplayTests {

	private static final String PRESENCE = "about presence, replayed by PresenceReplayTests";

	private static final String TRANSPORT = "about the transport, see the tests of the endpoints";

	private static final String POLL = "about long polling, replayed by LongPollTestCases";

	private static final String NODE = "about nodes that stop, see the tests of failures";

	/**
	 * The reasons of transcripts that are not replayed, by name, or by name and version.
	 */
	private static final Map<String, String> EXCLUDED = Map.ofEntries(Map.entry("presence", PRESENCE),
			Map.entry("presence_two_metas", PRESENCE), Map.entry("presence_no_user", PRESENCE),
			Map.entry("presence_order_stats", PRESENCE), Map.entry("control_frames", TRANSPORT),
			Map.entry("idle_timeout", TRANSPORT), Map.entry("oversized", TRANSPORT),
			Map.entry("upgrade_ok_headers", TRANSPORT), Map.entry("http_misc", TRANSPORT),
			Map.entry("oversized_binary", "was recorded without its data, see V2BinaryTests"),
			Map.entry("longpoll", POLL), Map.entry("longpoll_kick", POLL), Map.entry("node_SIGTERM", NODE),
			Map.entry("node_SIGKILL", NODE), Map.entry("long_topic", "a topic has at most 255 bytes here, JSON or not"),
			Map.entry("broadcast_odd_payload 1.0.0",
					"a broadcast must be encodable in every version, even if all members speak version 1"));

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes(TranscriptReplayTests::authorize);

	private final Map<String, Client> clients = new HashMap<>();

	static List<Transcript> transcripts() {
		return Transcript.all()
			.stream()
			.filter((transcript) -> names(transcript).noneMatch(EXCLUDED::containsKey))
			.toList();
	}

	private static Stream<String> names(Transcript transcript) {
		return Stream.of(transcript.name(), transcript.toString());
	}

	@BeforeEach
	void start() {
		for (Node node : List.of(N1, N2)) {
			this.nodes.start(node, 1000,
					(name) -> new TranscriptRooms.Room(name, (id) -> this.nodes.server(name).disconnect(id)));
		}
	}

	@Test
	void excludedTranscriptsExist() {
		assertThat(Transcript.all()).hasSize(130)
			.flatMap((transcript) -> names(transcript).toList())
			.containsAll(EXCLUDED.keySet());
	}

	@ParameterizedTest
	@MethodSource("transcripts")
	void replays(Transcript transcript) throws Exception {
		for (Transcript.Step step : transcript.steps()) {
			if (!isBugOfPhoenix(transcript, step)) {
				play(step);
			}
		}
		for (Client client : this.clients.values()) {
			client.heartbeat("end");
		}
	}

	/**
	 * In Phoenix the sender of a binary broadcast crashes if a member speaks version 1.
	 */
	private static boolean isBugOfPhoenix(Transcript transcript, Transcript.Step step) {
		return transcript.name().equals("binary_to_v1_member") && step.text().contains("\"phx_error\"");
	}

	private void play(Transcript.Step step) throws Exception {
		switch (step.event()) {
			case "connect" -> connect(step);
			case "http_response" -> assertThat(this.clients).isEmpty();
			case "send" -> client(step).send(step.text());
			case "send_bin" -> client(step).sendBinary(step.bytes());
			case "recv" -> assertThat(JsonMapper.shared().readTree(client(step).next()))
				.isEqualTo(JsonMapper.shared().readTree(step.text()));
			case "recv_bin" -> assertThat(client(step).next()).isEqualTo("binary " + step.hex());
			case "client_closes" -> this.clients.remove(step.client()).close();
			case "close" -> closed(step);
			default -> assertThat(step.event()).isEqualTo("open");
		}
	}

	private void connect(Transcript.Step step) {
		Node node = step.url().contains(":4001/") ? N1 : N2;
		SocketRequest request = ChannelNodes
			.request(UriComponentsBuilder.fromUriString(step.url()).build().getQueryParams().toSingleValueMap(), null);
		if (this.nodes.server(node).connect(request) instanceof AcceptedSocket) {
			this.clients.put(step.client(), this.nodes.open(node, request));
		}
	}

	/**
	 * Authorize like the recorded application.
	 */
	private static SocketAuthorization authorize(SocketRequest request) {
		String user = request.parameter("user_id");
		SocketAuthorization accepted = SocketAuthorization.accept();
		return (request.parameter("reject") != null) ? SocketAuthorization.refuse()
				: (user != null) ? accepted.withId("user_socket:" + user) : accepted;
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
