package io.clusterspring.channel;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.handler.annotation.DestinationVariable;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.limit.HandlerLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for handlers that return stages: they occupy no thread, and they have a timeout.
 */
class ChannelStageTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private final ChannelNodes nodes = new ChannelNodes();

	private final Lobby lobby = new Lobby();

	@AfterEach
	void stop() {
		this.lobby.blocked.release(1000);
		this.nodes.close();
	}

	@Test
	void pendingJoinsOccupyNoThread() {
		start(Duration.ofSeconds(30));
		Client client = connect();
		for (int i = 0; i < 3 * ChannelNodes.HANDLER_THREADS; i++) {
			client.join("lobby:stage" + i);
		}
		await().until(() -> this.lobby.stages.size() == 3 * ChannelNodes.HANDLER_THREADS);
		Client stranger = connect();
		stranger.joined("lobby:now");
		stranger.send("lobby:now", "2", "echo", "{}");
		stranger.getsReply("lobby:now", "2", "ok", "\"echo\"");
		this.lobby.stages.forEach((stage) -> stage.complete(Reply.ok(null)));
		List<String> replies = IntStream.range(0, 3 * ChannelNodes.HANDLER_THREADS)
			.mapToObj((i) -> client.next())
			.toList();
		assertThat(replies).allMatch((reply) -> reply.contains("\"ok\""));
	}

	@Test
	void messagesDuringAPendingJoinWaitInOrderAndAreLimited() {
		this.nodes.start(N1, ChannelNodes.settings(4, HandlerLimits.DEFAULT), List.of(this.lobby));
		Client client = connect();
		client.join("lobby:stage");
		await().until(() -> this.lobby.stages.size() == 1);
		for (int i = 2; i < 6; i++) {
			client.send("lobby:stage", "" + i, "echo", "{}");
		}
		client.getsReply("lobby:stage", "5", "error", "{\"reason\":\"overloaded\"}");
		this.lobby.stages.get(0).complete(Reply.ok(null));
		client.getsReply("lobby:stage", "1", "ok", "null");
		for (int i = 2; i < 5; i++) {
			client.getsReply("lobby:stage", "" + i, "ok", "\"echo\"");
		}
	}

	@Test
	void joinThatTakesTooLongIsRefusedAndItsStageIsIgnored() {
		start(Duration.ofMillis(100));
		Client client = connect();
		client.join("lobby:stage");
		client.send("lobby:stage", "2", "echo", "{}");
		client.getsReply("lobby:stage", "1", "error", "{\"reason\":\"join timeout\"}");
		client.gets(null, "2", "lobby:stage", "phx_reply",
				"{\"status\":\"error\",\"response\":{\"reason\":\"unmatched topic\"}}");
		this.lobby.stages.get(0).complete("too late");
		assertThat(this.nodes.server(N1).limits().count(ChannelLimit.JOIN_TIMEOUT)).isOne();
		assertThat(this.lobby.ended).hasValue(1);
		assertThat(this.lobby.left).hasValue(0);
		client.heartbeat("3");
		assertThat(ChannelLeaks.channels(client.session())).isEmpty();
	}

	@Test
	void socketThatClosesMeanwhileEndsTheChannelAtOnce() {
		start(Duration.ofMinutes(5));
		Client client = connect();
		client.join("lobby:stage");
		await().until(() -> this.lobby.stages.size() == 1);
		client.close();
		await().untilAsserted(() -> assertThat(this.lobby.ended).hasValue(1));
		assertThat(ChannelLeaks.channels(client.session())).isEmpty();
		this.lobby.stages.get(0).complete(Reply.ok(null));
		assertThat(ChannelLeaks.topics(this.nodes.server(N1))).isEmpty();
	}

	@Test
	void channelThatWaitsForItsReplacedOneEndsWithTheSocketToo() {
		start(Duration.ofMinutes(5));
		Client client = connect();
		client.join("lobby:stage");
		client.send("[\"2\",\"2\",\"lobby:stage\",\"phx_join\",{}]");
		await().until(() -> this.lobby.stages.size() == 1);
		client.close();
		await().untilAsserted(() -> assertThat(ChannelLeaks.channels(client.session())).isEmpty());
		assertThat(this.lobby.stages).as("the second join is not handled").hasSize(1);
	}

	@Test
	void drainWaitsForAPendingJoin() {
		start(Duration.ofSeconds(30));
		Client client = connect();
		client.join("lobby:stage");
		await().until(() -> this.lobby.stages.size() == 1);
		this.nodes.server(N1).drainable().connections().next().drain();
		assertThat(client.connection().isClosed()).isFalse();
		this.lobby.stages.get(0).complete(Reply.ok(null));
		client.getsReply("lobby:stage", "1", "ok", "null");
		await().until(() -> client.connection().isClosed());
	}

	@Test
	void drainWaitsNoLongerThanTheJoinMayTake() throws Exception {
		start(Duration.ofMillis(100));
		Client client = connect();
		client.join("lobby:stage");
		this.nodes.server(N1).drainable().connections().next().drain();
		client.getsReply("lobby:stage", "1", "error", "{\"reason\":\"join timeout\"}");
		assertThat(client.connection().closeCode()).isEqualTo(1012);
	}

	@Test
	void replyThatTakesTooLongIsAnErrorAndTheChannelGoesOn() {
		this.nodes.start(N1,
				ChannelNodes.settings(1000, new HandlerLimits(0, 0, Duration.ofSeconds(10), Duration.ofMillis(50))),
				List.of(this.lobby));
		Client client = connect();
		client.joined("lobby:now");
		client.send("lobby:now", "2", "later", "{}");
		client.getsReply("lobby:now", "2", "error", "{\"reason\":\"reply timeout\"}");
		this.lobby.stages.get(0).complete("too late");
		client.send("lobby:now", "3", "echo", "{}");
		client.getsReply("lobby:now", "3", "ok", "\"echo\"");
		assertThat(this.nodes.server(N1).limits().count(ChannelLimit.REPLY_TIMEOUT)).isOne();
	}

	@Test
	void pendingRepliesAreLimited() {
		this.nodes.start(N1, ChannelNodes.settings(3, HandlerLimits.DEFAULT), List.of(this.lobby));
		Client client = connect();
		client.joined("lobby:now");
		for (int i = 2; i < 5; i++) {
			client.send("lobby:now", "" + i, "later", "{}");
			int open = i - 1;
			await().until(() -> this.lobby.stages.size() == open);
		}
		client.send("lobby:now", "5", "later", "{}");
		client.getsReply("lobby:now", "5", "error", "{\"reason\":\"overloaded\"}");
		this.lobby.stages.get(0).complete("done");
		client.getsReply("lobby:now", "2", "ok", "\"done\"");
		client.send("lobby:now", "6", "echo", "{}");
		client.getsReply("lobby:now", "6", "ok", "\"echo\"");
	}

	@Test
	void payloadIsNotKeptWhileItsStageIsPending() {
		start(Duration.ofMinutes(5));
		Client client = connect();
		client.joined("lobby:now");
		List<WeakReference<byte[]>> kept = List.of(send(client, "[\"1\",\"2\",\"lobby:now\",\"later\",{\"x\":\"%s\"}]"),
				send(client, "[\"3\",\"3\",\"lobby:stage\",\"phx_join\",{\"x\":\"%s\"}]"));
		await().until(() -> this.lobby.stages.size() == 2);
		await().until(() -> {
			System.gc();
			return kept.stream().allMatch((message) -> message.get() == null);
		});
		this.lobby.stages.forEach((stage) -> stage.complete("done"));
		assertThat(List.of(client.next(), client.next())).allMatch((reply) -> reply.contains("\"done\""));
	}

	private static WeakReference<byte[]> send(Client client, String message) {
		byte[] bytes = message.formatted("x".repeat(5000)).getBytes(StandardCharsets.UTF_8);
		client.session().received(ByteBuffer.wrap(bytes));
		return new WeakReference<>(bytes);
	}

	@Test
	void blockedHandlersOfOneSocketDoNotBlockOtherSockets() {
		this.nodes.start(N1,
				ChannelNodes.settings(1000, HandlerLimits.DEFAULT.forThreads(ChannelNodes.HANDLER_THREADS)),
				List.of(this.lobby));
		Client greedy = connect();
		IntStream.range(0, 20).forEach((i) -> greedy.join("lobby:block" + i));
		await().until(() -> this.lobby.blocked.getQueueLength() > 0);
		echoes(connect(), "lobby:now");
		assertThat(this.lobby.blocked.getQueueLength()).isLessThanOrEqualTo(2);
	}

	@Test
	void blockedHandlersOfOneControllerDoNotBlockOtherControllers() {
		this.nodes.start(N1,
				ChannelNodes.settings(1000, HandlerLimits.DEFAULT.forThreads(ChannelNodes.HANDLER_THREADS)),
				List.of(this.lobby, new Elsewhere()));
		List<Client> greedy = IntStream.range(0, 16).mapToObj((i) -> connect()).toList();
		greedy.forEach((client) -> client.join("lobby:block"));
		await().until(() -> this.lobby.blocked.getQueueLength() == 3);
		echoes(connect(), "elsewhere");
		assertThat(this.nodes.server(N1).bulkheads()).filteredOn((part) -> part.name().contains("'lobby:"))
			.singleElement()
			.satisfies((part) -> assertThat(part.waiting()).isEqualTo(13));
		this.lobby.blocked.release(16);
		greedy.forEach((client) -> client.getsReply("lobby:block", "1", "ok", "null"));
	}

	private static void echoes(Client client, String topic) {
		client.joined(topic);
		client.send(topic, "2", "echo", "{}");
		client.getsReply(topic, "2", "ok", "\"echo\"");
	}

	private void start(Duration joinTimeout) {
		this.nodes.start(N1, ChannelNodes.settings(1000, new HandlerLimits(0, 0, joinTimeout, Duration.ofSeconds(60))),
				List.of(this.lobby));
	}

	private Client connect() {
		return this.nodes.connect(N1, null);
	}

	@ChannelController("elsewhere")
	static class Elsewhere {

		@OnEvent("echo")
		String echo() {
			return "echo";
		}

	}

	@ChannelController("lobby:{kind}")
	static class Lobby {

		private final List<CompletableFuture<Object>> stages = new CopyOnWriteArrayList<>();

		private final Semaphore blocked = new Semaphore(0);

		private final AtomicInteger ended = new AtomicInteger();

		private final AtomicInteger left = new AtomicInteger();

		@OnJoin
		Object join(Channel channel, @DestinationVariable String kind) throws InterruptedException {
			channel.onEnd(this.ended::incrementAndGet);
			if (kind.startsWith("block")) {
				this.blocked.acquire();
				return Reply.ok(null);
			}
			return kind.startsWith("stage") ? stage() : Reply.ok(Map.of());
		}

		@OnEvent("later")
		CompletableFuture<Object> stage() {
			CompletableFuture<Object> stage = new CompletableFuture<>();
			this.stages.add(stage);
			return stage;
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
