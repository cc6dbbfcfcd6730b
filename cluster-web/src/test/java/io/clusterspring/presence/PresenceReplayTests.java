package io.clusterspring.presence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import io.clusterspring.Node;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.Transcript;
import io.clusterspring.channel.socket.SocketConnection;
import io.clusterspring.channel.socket.SocketSession;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Replays recordings of Phoenix's presence on two nodes. The nodes must send exactly the
 * same messages in the same order. Only the reply to an event may come before or after
 * its diff, as in Phoenix.
 */
class PresenceReplayTests {

	private static final Set<String> REPLAYED = Set.of("presence", "presence_two_metas", "presence_no_user");

	private static final int GONE = 1006;

	private static final PresenceLimits LIMITS = new PresenceLimits(Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO,
			65536, 64 * 1024);

	private final LocalNetwork network = new LocalNetwork("replay");

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final PresenceNode n1 = start("n1@127.0.0.1");

	private final PresenceNode n2 = start("n2@127.0.0.1");

	private final Map<String, Client> clients = new LinkedHashMap<>();

	private final RecordedRefs expectedRefs = new RecordedRefs();

	private final RecordedRefs refs = new RecordedRefs();

	private PresenceNode start(String node) {
		return new PresenceNode(this.network.transport(Node.of(node)), this.executor, LIMITS);
	}

	@AfterEach
	void stop() {
		this.n1.close();
		this.n2.close();
		this.executor.shutdownNow();
		this.network.close();
	}

	static List<Transcript> transcripts() {
		List<Transcript> found = Transcript.all().stream().filter((each) -> REPLAYED.contains(each.name())).toList();
		assertThat(found).hasSize(5);
		return found;
	}

	@ParameterizedTest
	@MethodSource("transcripts")
	void replays(Transcript transcript) throws Exception {
		for (Transcript.Step step : transcript.steps()) {
			play(step);
		}
		for (Client client : this.clients.values()) {
			assertThat(client.ahead).isEmpty();
			assertThat(client.received).isEmpty();
		}
	}

	/** The recording {@code presence_order_stats} has this order in all of 100 joins. */
	@Test
	void joinerGetsReplyThenItsOwnDiffThenTheState() throws Exception {
		for (int i = 0; i < 100; i++) {
			Client client = new Client(this.n1, "2.0.0");
			client.send("[\"1\",\"1\",\"presence:" + i + "\",\"phx_join\",{\"user\":\"u\"}]");
			for (String event : List.of("phx_reply", "presence_diff", "presence_state")) {
				assertThat(this.refs.read(client.next()).get(3).stringValue()).isEqualTo(event);
			}
		}
	}

	private void play(Transcript.Step step) throws Exception {
		Client client = this.clients.get(step.client());
		switch (step.event()) {
			case "connect" -> {
				PresenceNode node = step.url().contains(":4001/") ? this.n1 : this.n2;
				this.clients.put(step.client(), new Client(node, step.url().replaceAll(".*vsn=", "")));
			}
			case "send" -> {
				awaitCalm();
				client.send(step.text());
			}
			case "recv" -> client.gets(this.expectedRefs.read(step.text()));
			case "client_closes" -> client.session.closed();
			case "close" -> {
				if (step.code() == GONE) {
					client.session.closed();
				}
			}
			default -> assertThat(step.event()).isEqualTo("open");
		}
	}

	/**
	 * Wait, like the recorder did, until all nodes have the same entries and have
	 * published them.
	 */
	private void awaitCalm() {
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			Set<String> truth = told(this.n1);
			assertThat(told(this.n2)).isEqualTo(truth);
			assertThat(this.n1.presence.statistics().entries()).isEqualTo(truth.size());
			assertThat(this.n2.presence.statistics().entries()).isEqualTo(truth.size());
		});
	}

	private static Set<String> told(PresenceNode node) {
		Set<String> present = new HashSet<>();
		node.changes.forEach((change) -> {
			change.joins().values().forEach((entry) -> entry.metas().forEach((meta) -> present.add(meta.ref())));
			change.leaves().values().forEach((entry) -> entry.metas().forEach((meta) -> present.remove(meta.ref())));
		});
		return present;
	}

	private final class Client implements SocketConnection {

		private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

		private final Deque<JsonNode> ahead = new ArrayDeque<>();

		private final SocketSession session;

		Client(PresenceNode node, String vsn) {
			this.session = node.open(vsn, this);
		}

		@Override
		public String id() {
			return "recorded";
		}

		@Override
		public void send(SocketFrame frame) {
			frame.messages().forEach((message) -> this.received.add(message.text()));
		}

		@Override
		public void close(int code) {
		}

		void send(String text) {
			this.session.received(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
		}

		String next() throws InterruptedException {
			return Objects.requireNonNullElse(this.received.poll(20, TimeUnit.SECONDS), "\"nothing came\"");
		}

		void gets(JsonNode expected) throws InterruptedException {
			if (!this.ahead.isEmpty()) {
				assertThat(this.ahead.remove()).isEqualTo(expected);
				return;
			}
			JsonNode next = PresenceReplayTests.this.refs.read(next());
			if (isLaterReply(expected) && isDiff(next) || isDiff(expected) && isLaterReply(next)) {
				this.ahead.add(next);
				next = PresenceReplayTests.this.refs.read(next());
			}
			assertThat(next).isEqualTo(expected);
		}

		private static boolean isLaterReply(JsonNode message) {
			JsonNode ref = message.isArray() ? message.get(1) : message.get("ref");
			return "phx_reply".equals(event(message)) && !ref.stringValue("").equals("1");
		}

		private static boolean isDiff(JsonNode message) {
			return "presence_diff".equals(event(message));
		}

		private static @Nullable String event(JsonNode message) {
			JsonNode event = message.isArray() ? message.path(3) : message.path("event");
			return event.stringValue(null);
		}

	}

}
