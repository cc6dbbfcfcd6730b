package io.clusterspring.channel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.handler.annotation.DestinationVariable;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for replies that are sent when a stage completes.
 */
class ChannelReplyTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final String TOPIC = "room:1";

	private static final String CRASH = "{\"reason\":\"channel_crash\"}";

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private final Room room = new Room();

	private Client client;

	@BeforeEach
	void start() {
		this.nodes.start(N1, 1000, List.of(this.room));
		this.client = this.nodes.connect(N1, null);
		this.client.joined(TOPIC);
	}

	@Test
	void replyComesWhenTheStageCompletesAndOtherEventsGoOnMeanwhile() {
		searchAndPing();
		this.room.result.complete(List.of("hit"));
		this.client.getsReply(TOPIC, "2", "ok", "[\"hit\"]");
	}

	@Test
	void stageMayCompleteWithAReply() {
		searchAndPing();
		this.room.result.complete(Reply.error(Map.of("reason", "no index")));
		this.client.getsReply(TOPIC, "2", "error", "{\"reason\":\"no index\"}");
	}

	@Test
	void stageMayCompleteWithoutAReplyOrWithNothing() {
		searchAndPing();
		this.client.send(TOPIC, "4", "later", "{}");
		this.room.result.complete(Reply.none());
		ping("5");
		this.room.later.complete(null);
		this.client.getsReply(TOPIC, "4", "ok", "null");
	}

	@Test
	void stageMayCompleteWithAnotherStage() {
		searchAndPing();
		CompletableFuture<Object> second = new CompletableFuture<>();
		this.room.result.complete(Reply.later(second));
		ping("4");
		second.complete("done");
		this.client.getsReply(TOPIC, "2", "ok", "\"done\"");
	}

	@Test
	void stageThatFailsCrashesTheChannel() {
		searchAndPing();
		this.room.result.completeExceptionally(new IllegalStateException("no index"));
		this.client.gets("1", "1", TOPIC, "phx_error", CRASH);
	}

	@Test
	void stageThatFailsWithAnErrorCrashesTheChannelToo() {
		searchAndPing();
		this.room.result.completeExceptionally(new AssertionError("no index"));
		this.client.gets("1", "1", TOPIC, "phx_error", CRASH);
	}

	@Test
	void lateValueThatCannotBeWrittenCrashesTheChannel() {
		searchAndPing();
		this.room.result.complete(Map.of("self", this.room.endless()));
		this.client.gets("1", "1", TOPIC, "phx_error", CRASH);
	}

	@Test
	void replyThatComesAfterTheChannelHasEndedIsDropped() {
		searchAndPing();
		this.client.send(TOPIC, "4", "phx_leave", "{}");
		this.client.getsReply(TOPIC, "4", "ok", "{}");
		this.client.gets("1", "1", TOPIC, "phx_close", "{}");
		this.room.result.complete("too late");
		this.client.joined(TOPIC);
		ping("5");
	}

	@Test
	void repliesComeInTheOrderInWhichStagesComplete() {
		this.client.send(TOPIC, "2", "search", "{}");
		this.client.send(TOPIC, "3", "later", "{}");
		ping("4");
		this.room.later.complete("second asked");
		this.client.getsReply(TOPIC, "3", "ok", "\"second asked\"");
		this.room.result.complete("first asked");
		this.client.getsReply(TOPIC, "2", "ok", "\"first asked\"");
	}

	@Test
	void replyMayHaveAStatusOfItsOwn() {
		this.client.send(TOPIC, "2", "enqueue", "{}");
		this.client.getsReply(TOPIC, "2", "queued", "{\"place\":3}");
		searchAndPing();
		this.room.result.complete(Reply.of("par\"tial", List.of("hit")));
		this.client.getsReply(TOPIC, "2", "par\\\"tial", "[\"hit\"]");
	}

	@Test
	void statusOfItsOwnDoesNotLetAClientIn() {
		this.client.join("room:queued");
		this.client.getsReply("room:queued", "1", "error", "{\"reason\":\"join crashed\"}");
		this.client.send("room:queued", "2", "ping", "{}");
		this.client.gets(null, "2", "room:queued", "phx_reply",
				"{\"status\":\"error\",\"response\":{\"reason\":\"unmatched topic\"}}");
		this.client.join("room:of_ok");
		this.client.getsReply("room:of_ok", "1", "ok", "\"in\"");
		this.client.join("room:of_error");
		this.client.getsReply("room:of_error", "1", "error", "\"out\"");
	}

	@Test
	void binaryReplyHasItsStatus() {
		this.client.send(TOPIC, "2", "bytes", "{}");
		// reply, lengths of join_ref, ref, topic and status, these, the payload
		assertThat(this.client.next())
			.isEqualTo("binary 01" + "01010606" + "31" + "32" + "726f6f6d3a31" + "717565756564" + "07");
	}

	private void searchAndPing() {
		this.client.send(TOPIC, "2", "search", "{}");
		ping("3");
	}

	private void ping(String ref) {
		this.client.send(TOPIC, ref, "ping", "{}");
		this.client.getsReply(TOPIC, ref, "ok", "\"pong\"");
	}

	@ChannelController("room:{room}")
	static class Room {

		private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();

		private final CompletableFuture<@Nullable Object> later = new CompletableFuture<>();

		@OnJoin
		Reply join(@DestinationVariable String room) {
			return switch (room) {
				case "queued" -> Reply.of("queued", Map.of());
				case "of_ok" -> Reply.of("ok", "in");
				case "of_error" -> Reply.of("error", "out");
				default -> Reply.ok();
			};
		}

		@OnEvent("enqueue")
		Reply enqueue() {
			return Reply.of("queued", Map.of("place", 3));
		}

		@OnEvent("bytes")
		Reply bytes() {
			return Reply.of("queued", new byte[] { 7 });
		}

		@OnEvent("search")
		CompletionStage<@Nullable Object> search() {
			return this.result;
		}

		@OnEvent("later")
		Reply later() {
			return Reply.later(this.later);
		}

		@OnEvent("ping")
		String ping() {
			return "pong";
		}

		Object endless() {
			Object[] endless = new Object[1];
			endless[0] = endless;
			return endless;
		}

	}

}
