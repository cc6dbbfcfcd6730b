package io.clusterspring.channel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.limit.HandlerLimits;
import io.clusterspring.interest.Audience;
import io.clusterspring.pubsub.Broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that a join is answered when all nodes know that this one listens to its topic.
 */
class ChannelInForceTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private final Lobby lobby = new Lobby();

	private final SlowAudience audience = new SlowAudience();

	@Test
	void joinIsAnsweredWhenAllNodesKnowOfIt() {
		start(Duration.ofSeconds(60));
		Client client = this.nodes.connect(N1, null);
		client.join("lobby");
		client.send("lobby", "2", "echo", "{}");
		await().until(() -> this.audience.known.containsKey("lobby"));
		// not for a client that has not joined yet
		this.nodes.pubSub(N1).broadcast("lobby", new Broadcast("early", Map.of()));
		client.heartbeat("3");
		assertThat(this.lobby.left).hasValue(0);
		this.audience.known.get("lobby").complete(null);
		client.getsReply("lobby", "1", "ok", "{}");
		client.getsReply("lobby", "2", "ok", "\"echo\"");
		this.nodes.pubSub(N1).broadcast("lobby", new Broadcast("late", Map.of()));
		client.gets(null, null, "lobby", "late", "{}");
	}

	@Test
	void clientThatGoesMeanwhileLeavesNothing() {
		start(Duration.ofSeconds(60));
		Client client = this.nodes.connect(N1, null);
		client.join("lobby");
		await().until(() -> this.audience.known.containsKey("lobby"));
		client.close();
		await().untilAsserted(() -> assertThat(this.lobby.ended).hasValue(1));
		await().untilAsserted(() -> assertThat(ChannelLeaks.subscriptions(this.nodes.server(N1))).isEmpty());
		assertThat(ChannelLeaks.topics(this.nodes.server(N1))).isEmpty();
		assertThat(this.lobby.left).hasValue(0);
	}

	@Test
	void joinThatIsNeverKnownIsRefused() {
		start(Duration.ofMillis(100));
		Client client = this.nodes.connect(N1, null);
		client.join("lobby");
		client.getsReply("lobby", "1", "error", "{\"reason\":\"join timeout\"}");
		await().untilAsserted(() -> assertThat(ChannelLeaks.subscriptions(this.nodes.server(N1))).isEmpty());
		assertThat(ChannelLeaks.topics(this.nodes.server(N1))).isEmpty();
	}

	private void start(Duration joinTimeout) {
		this.nodes.audience = this.audience;
		this.nodes.start(N1, ChannelNodes.settings(1000, new HandlerLimits(0, 0, joinTimeout, Duration.ofSeconds(60))),
				List.of(this.lobby));
	}

	/** An audience that knows of a topic when the test says so. */
	private static final class SlowAudience implements Audience {

		private final Map<String, CompletableFuture<Void>> known = new ConcurrentHashMap<>();

		@Override
		public CompletionStage<Void> subscribed(String topic) {
			return this.known.computeIfAbsent(topic, (key) -> new CompletableFuture<>());
		}

		@Override
		public void unsubscribed(String topic) {
		}

		@Override
		public void needs(String topics) {
		}

		@Override
		public Predicate<Node> of(String topic) {
			return null;
		}

	}

	@ChannelController("lobby")
	static class Lobby {

		private final AtomicInteger ended = new AtomicInteger();

		private final AtomicInteger left = new AtomicInteger();

		@OnJoin
		Object join(Channel channel) {
			channel.onEnd(this.ended::incrementAndGet);
			return Map.of();
		}

		@OnEvent("echo")
		String echo() {
			return "echo";
		}

		@OnLeave
		void leave() {
			this.left.incrementAndGet();
		}

	}

}
