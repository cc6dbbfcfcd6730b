package io.clusterspring.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.handler.annotation.DestinationVariable;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for messages during a join: nothing overtakes its answer.
 */
class ChannelJoinTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final String CRASHED = "{\"reason\":\"join crashed\"}";

	private final ChannelNodes nodes = new ChannelNodes();

	private final Room room = new Room();

	private Client client;

	@BeforeEach
	void start() {
		this.nodes.start(N1, 1000, List.of(this.room), ChannelRoute.of("*", new Anything()));
		this.client = this.nodes.connect(N1, null);
	}

	@AfterEach
	void stop() {
		this.room.joinMayGoOn.release(1000);
		this.nodes.close();
	}

	@Test
	void pushesMadeWhileJoiningFollowTheReply() {
		this.client.joined("room:pushes");
		this.client.gets("1", null, "room:pushes", "first", "{}");
		this.client.gets("1", null, "room:pushes", "second", "{}");
	}

	@Test
	void pushesOfARefusedJoinAreDropped() {
		this.client.join("room:refuses");
		this.client.getsReply("room:refuses", "1", "error", "{\"reason\":\"not you\"}");
		this.client.joined("room:pushes");
		this.client.gets("1", null, "room:pushes", "first", "{}");
	}

	@Test
	void broadcastOfAnotherMemberIsNeverBeforeTheReply() {
		Client other = this.nodes.connect(N1, null);
		this.room.joinMayGoOn.release();
		other.joined("room:slow");
		this.client.join("room:slow");
		await().until(() -> this.room.joining.get() == 2);
		for (int i = 0; i < 50; i++) {
			this.nodes.server(N1).broadcast("room:slow", "noise", Map.of("number", i));
			other.gets(null, null, "room:slow", "noise", "{\"number\":" + i + "}");
		}
		Thread noise = new Thread(() -> {
			for (int i = 50; i < 2000; i++) {
				this.nodes.server(N1).broadcast("room:slow", "noise", Map.of("number", i));
			}
		});
		noise.start();
		this.room.joinMayGoOn.release();
		this.client.getsReply("room:slow", "1", "ok", "{}");
	}

	@Test
	void messagesSentRightAfterTheJoinWaitForIt() {
		this.client.join("room:slow");
		this.client.send("room:slow", "2", "ping", "{}");
		await().until(() -> this.room.joining.get() == 1);
		this.room.joinMayGoOn.release();
		this.client.getsReply("room:slow", "1", "ok", "{}");
		this.client.getsReply("room:slow", "2", "ok", "\"pong\"");
	}

	@Test
	void stageIsWaitedFor() {
		this.client.join("room:stage");
		await().until(() -> this.room.joining.get() == 1);
		this.room.stage.complete(Map.of("number", 7));
		this.client.getsReply("room:stage", "1", "ok", "{\"number\":7}");
		this.client.gets("1", null, "room:stage", "welcome", "{}");
	}

	@Test
	void stageMayRefuse() {
		this.room.stage.complete(Reply.refuse("later"));
		this.client.join("room:stage");
		this.client.getsReply("room:stage", "1", "error", "{\"reason\":\"later\"}");
	}

	@Test
	void stageThatFailsRefuses() {
		this.room.stage.completeExceptionally(new IllegalStateException("no database"));
		this.client.join("room:stage");
		this.client.getsReply("room:stage", "1", "error", CRASHED);
		isOut("room:stage");
	}

	@Test
	void errorRefusesAndTheClientStaysOutside() {
		this.client.join("room:error");
		this.client.getsReply("room:error", "1", "error", CRASHED);
		isOut("room:error");
	}

	@Test
	void responseThatCannotBeWrittenRefuses() {
		this.client.join("room:unwritable");
		this.client.getsReply("room:unwritable", "1", "error", CRASHED);
		isOut("room:unwritable");
	}

	@Test
	void closingWhileJoiningTakesEffectAfterTheReply() {
		this.client.joined("room:closes");
		this.client.gets("1", "1", "room:closes", "phx_close", "{}");
		isOut("room:closes");
	}

	@Test
	void socketThatClosesMeanwhileLeavesNothingBehind() {
		CountDownLatch left = this.room.left;
		this.client.join("room:slow");
		await().until(() -> this.room.joining.get() == 1);
		this.client.close();
		this.room.joinMayGoOn.release();
		await().until(() -> left.getCount() == 0);
		await().untilAsserted(() -> assertThat(ChannelLeaks.topics(this.nodes.server(N1))).isEmpty());
	}

	@Test
	void emptyTopicIsUnmatched() {
		this.client.join("");
		this.client.gets(null, "1", "", "phx_reply",
				"{\"status\":\"error\",\"response\":{\"reason\":\"unmatched topic\"}}");
		this.client.joined("anything");
	}

	private void isOut(String topic) {
		this.client.send(topic, "2", "ping", "{}");
		this.client.gets(null, "2", topic, "phx_reply",
				"{\"status\":\"error\",\"response\":{\"reason\":\"unmatched topic\"}}");
		assertThat(ChannelLeaks.topics(this.nodes.server(N1))).isEmpty();
	}

	@ChannelController("room:{kind}")
	static class Room {

		private final Semaphore joinMayGoOn = new Semaphore(0);

		private final AtomicInteger joining = new AtomicInteger();

		private final CompletableFuture<@Nullable Object> stage = new CompletableFuture<>();

		private final CountDownLatch left = new CountDownLatch(1);

		@OnJoin
		@Nullable Object join(Channel channel, @DestinationVariable String kind) throws InterruptedException {
			this.joining.incrementAndGet();
			switch (kind) {
				case "pushes" -> {
					channel.push("first", Map.of());
					channel.push("second", Map.of());
				}
				case "refuses" -> channel.push("first", Map.of());
				case "slow" -> this.joinMayGoOn.acquire();
				case "closes" -> channel.close();
				case "error" -> throw new StackOverflowError("deep");
				default -> {
				}
			}
			return answer(channel, kind);
		}

		private Object answer(Channel channel, String kind) {
			if (kind.equals("stage")) {
				CompletionStage<Object> answer = this.stage;
				channel.push("welcome", Map.of());
				return answer;
			}
			return kind.equals("refuses") ? Reply.refuse("not you")
					: kind.equals("unwritable") ? Reply.ok(unwritable()) : Reply.ok();
		}

		private static Object unwritable() {
			List<Object> endless = new ArrayList<>();
			endless.add(endless);
			return endless;
		}

		@OnEvent("ping")
		String ping() {
			return "pong";
		}

		@OnLeave
		void left() {
			this.left.countDown();
		}

	}

	private static final class Anything implements ChannelHandler {

		@Override
		public Reply onJoin(Channel channel, ChannelPayload payload) {
			return Reply.ok();
		}

		@Override
		public Reply onEvent(Channel channel, String event, ChannelPayload payload) {
			return Reply.ok();
		}

	}

}
