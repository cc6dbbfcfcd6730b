package io.clusterspring.channel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.handler.annotation.DestinationVariable;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.limit.HandlerLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Reply#whenKnown} in an interceptor: it is called once for each reply,
 * even if the handler's stage never completes.
 */
class ChannelObservationTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Duration LONG = Duration.ofMinutes(5);

	private static final Duration SHORT = Duration.ofMillis(50);

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private final Lobby lobby = new Lobby();

	private final AtomicInteger active = new AtomicInteger();

	private final List<String> outcomes = new CopyOnWriteArrayList<>();

	@Test
	void joinThatTakesTooLong() {
		Client client = start(SHORT, LONG);
		client.join("lobby:stage");
		client.getsReply("lobby:stage", "1", "error", "{\"reason\":\"join timeout\"}");
		endsAs("error");
	}

	@Test
	void replyThatCompletesAfterItsTimeout() {
		Client client = start(LONG, SHORT);
		client.joined("lobby:now");
		client.send("lobby:now", "2", "later", "{}");
		client.getsReply("lobby:now", "2", "error", "{\"reason\":\"reply timeout\"}");
		endsAs("none", "error");
		this.lobby.stages.get(0).complete("too late");
		client.send("lobby:now", "3", "echo", "{}");
		client.getsReply("lobby:now", "3", "ok", "\"echo\"");
		endsAs("none", "error", "ok");
	}

	@Test
	void socketThatClosesWhileAJoinIsOpen() {
		Client client = start(LONG, LONG);
		client.join("lobby:stage");
		await().until(() -> this.lobby.stages.size() == 1);
		client.close();
		endsAs("none");
	}

	@Test
	void channelThatIsLeftReplacedOrClosedWhileRepliesAreOpen() {
		Client client = start(LONG, LONG);
		later(client, 1);
		client.send("lobby:now", "3", "phx_leave", "{}");
		client.getsReply("lobby:now", "3", "ok", "{}");
		client.gets("1", "1", "lobby:now", "phx_close", "{}");
		endsAs("none", "none", "none");
		later(client, 2);
		client.join("lobby:now");
		await().untilAsserted(() -> assertThat(this.active).hasValue(0));
		client.send("lobby:now", "4", "later", "{}");
		await().until(() -> this.lobby.stages.size() == 3);
		client.close();
		await().untilAsserted(() -> assertThat(this.active).hasValue(0));
		this.lobby.stages.forEach((stage) -> stage.complete("too late"));
		assertThat(this.outcomes).containsOnly("none");
	}

	@Test
	void messageThatCannotBeRepliedToLater() {
		Client client = start(LONG, LONG);
		client.joined("lobby:now");
		client.send("[\"1\",null,\"lobby:now\",\"later\",{}]");
		client.gets("1", "1", "lobby:now", "phx_error", "{\"reason\":\"channel_crash\"}");
		endsAs("none", "none", "none");
	}

	@Test
	void stageThatCompletesWithAStageThatNeverCompletes() {
		Client client = start(LONG, SHORT);
		later(client, 1);
		this.lobby.stages.get(0).complete(Reply.later(new CompletableFuture<>()));
		client.getsReply("lobby:now", "2", "error", "{\"reason\":\"reply timeout\"}");
		endsAs("none", "error");
	}

	@Test
	void replyThatClientsShareEndsForTheOneThatLeaves() {
		Client leaver = start(LONG, LONG);
		Client stayer = this.nodes.connect(N1, null);
		for (Client client : List.of(leaver, stayer)) {
			client.joined("lobby:now");
			client.send("lobby:now", "2", "shared", "{}");
			client.send("lobby:now", "3", "echo", "{}");
			client.getsReply("lobby:now", "3", "ok", "\"echo\"");
		}
		leaver.close();
		await().untilAsserted(() -> assertThat(this.active).as("the two that wait for the other client").hasValue(2));
		this.lobby.shared.complete("for all");
		stayer.getsReply("lobby:now", "2", "ok", "\"for all\"");
		await().untilAsserted(() -> assertThat(this.active).hasValue(0));
	}

	private void later(Client client, int stages) {
		client.joined("lobby:now");
		client.send("lobby:now", "2", "later", "{}");
		await().until(() -> this.lobby.stages.size() == stages);
	}

	private void endsAs(String... expected) {
		await().untilAsserted(() -> {
			assertThat(this.active).hasValue(0);
			assertThat(this.outcomes).containsExactlyInAnyOrder(expected);
		});
	}

	private Client start(Duration joinTimeout, Duration replyTimeout) {
		this.nodes.interceptBy(this::observe, ChannelObservationTests::recover, this::observeWithin);
		this.nodes.start(N1, ChannelNodes.settings(1000, new HandlerLimits(0, 0, joinTimeout, replyTimeout)),
				List.of(this.lobby));
		return this.nodes.connect(N1, null);
	}

	private @Nullable Object observe(ChannelCall call) throws Exception {
		this.active.incrementAndGet();
		Object result = call.proceed();
		if (result instanceof Reply reply) {
			reply.whenKnown((outcome, failure) -> ended((outcome != null) ? outcome : "crash"));
		}
		else {
			ended("none");
		}
		return result;
	}

	private void ended(String outcome) {
		this.outcomes.add(outcome);
		this.active.decrementAndGet();
	}

	private static @Nullable Object recover(ChannelCall call) throws Exception {
		Object result = call.proceed();
		return (result instanceof Reply reply) ? reply.onFailure((failure) -> Reply.refuse("recovered")) : result;
	}

	private @Nullable Object observeWithin(ChannelCall call) throws Exception {
		Object result = call.proceed();
		if (result instanceof LaterReply reply) {
			this.active.incrementAndGet();
			reply.whenKnown((outcome, failure) -> this.active.decrementAndGet());
		}
		return result;
	}

	@ChannelController("lobby:{kind}")
	static class Lobby {

		private final List<CompletableFuture<Object>> stages = new CopyOnWriteArrayList<>();

		private final CompletableFuture<Object> shared = new CompletableFuture<>();

		private final Reply sharedReply = Reply.later(this.shared);

		@OnJoin
		Reply join(@DestinationVariable String kind) {
			return kind.equals("stage") ? Reply.later(stage()) : Reply.none();
		}

		@OnEvent("later")
		CompletableFuture<Object> stage() {
			CompletableFuture<Object> stage = new CompletableFuture<>();
			this.stages.add(stage);
			return stage;
		}

		@OnEvent("shared")
		Reply shared() {
			return this.sharedReply;
		}

		@OnEvent("echo")
		String echo() {
			return "echo";
		}

	}

}
