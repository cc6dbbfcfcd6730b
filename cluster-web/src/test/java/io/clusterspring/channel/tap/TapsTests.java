package io.clusterspring.channel.tap;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

import io.clusterspring.channel.protocol.SocketBroadcast;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketMessage;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketReply;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.inspect.Item;
import io.clusterspring.inspect.Page;
import io.clusterspring.inspect.Question;
import io.clusterspring.inspect.RefusedQuestionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Taps}, with a clock that is moved by hand.
 */
class TapsTests {

	private static final TappedClient ANN = new TappedClient("c1", "user_socket:ann", "ann");

	private static final TappedClient BOB = new TappedClient("c2", null, null);

	private final List<Runnable> waiting = new ArrayList<>();

	private final List<Duration> times = new ArrayList<>();

	private final Taps taps = new Taps((time, task) -> {
		this.times.add(time);
		this.waiting.add(task);
	});

	@Test
	void followsATopicOrASocketByEitherOfItsIds() {
		String topic = open("room:1", null, false);
		String connection = open(null, "c1", false);
		String socket = open(null, "user_socket:ann", false);
		this.taps.received(ANN, message("room:1", "say", "{}"));
		this.taps.received(ANN, message("room:2", "say", "{}"));
		this.taps.received(BOB, message("room:1", "say", "{}"));
		this.taps.received(BOB, message("room:11", "say", "{}"));
		assertThat(items(topic)).extracting((item) -> item.get("user")).containsExactly("ann", null);
		assertThat(items(connection)).extracting((item) -> item.get("topic")).containsExactly("room:1", "room:2");
		assertThat(items(socket)).hasSize(2);
	}

	@Test
	void itemsHaveNoPayloadUnlessTheTapWasOpenedWithIt() {
		String without = open("room:1", null, false);
		String with = open("room:1", null, true);
		this.taps.received(ANN, message("room:1", "say", "{\"secret\":1}"));
		assertThat(items(without).get(0)).doesNotContainKey("payload")
			.containsEntry("bytes", 12L)
			.containsEntry("direction", "in")
			.containsEntry("event", "say")
			.containsEntry("node", "n1@h")
			.containsEntry("socket", "c1")
			.containsEntry("number", 1L);
		assertThat(items(with).get(0)).containsEntry("payload", "{\"secret\":1}");
	}

	@Test
	void namesThatAreNoTextsAndLongOnesAreShown() {
		String tap = open(null, "c1", true);
		this.taps.received(ANN, new SocketMessage(NullNode.instance, NullNode.instance, NullNode.instance,
				StringNode.valueOf("x".repeat(100_000)), SocketPayload.json(ByteBuffer.wrap(new byte[0]))));
		assertThat(items(tap).get(0)).containsEntry("topic", "null").containsEntry("event", "x".repeat(200) + "...");
	}

	@Test
	void readsWhatIsSentInBothVersionsAndInBinaryMessages() {
		String tap = open(null, "c1", true);
		SocketPayload json = SocketPayload.json(ByteBuffer.wrap("{}".getBytes()));
		SocketPayload binary = SocketPayload.binary(ByteBuffer.wrap(new byte[] { 7 }));
		for (String version : List.of("1.0.0", "2.0.0")) {
			SocketSerializer serializer = SocketSerializer.forVersion(version);
			for (SocketPayload payload : version.startsWith("1") ? List.of(json) : List.of(json, binary)) {
				this.taps.sent(ANN,
						SocketFrame.join(List.of(
								serializer.encode(new SocketMessage(StringNode.valueOf("1"), NullNode.instance,
										StringNode.valueOf("t"), StringNode.valueOf("e"), payload)),
								serializer.encode(new SocketBroadcast("t", "e", payload)),
								serializer.encode(new SocketReply(StringNode.valueOf("1"), StringNode.valueOf("2"),
										StringNode.valueOf("t"), SocketReply.Status.OK, payload)))),
						serializer);
			}
		}
		this.taps.sent(BOB, SocketFrame.of(new byte[0]), SocketSerializer.forVersion("2.0.0"));
		assertThat(items(tap)).hasSize(9).allSatisfy((item) -> {
			assertThat(item).containsEntry("topic", "t").containsEntry("direction", "out");
			assertThat(item.get("event")).isIn("e", "phx_reply");
			assertThat(item.get("payload")).asString().isNotEmpty();
		});
		assertThat(items(tap)).extracting((item) -> item.get("event"))
			.containsExactly("e", "e", "phx_reply", "e", "e", "phx_reply", "e", "e", "phx_reply");
	}

	@Test
	void messageThatCannotBeReadIsStillSeen() {
		String tap = open(null, "c1", true);
		this.taps.sent(ANN, SocketFrame.of(new byte[] { 1, 2, 3 }), SocketSerializer.forVersion("2.0.0"));
		this.taps.sent(ANN, SocketFrame.binary(new byte[] { 2, 9 }), SocketSerializer.forVersion("2.0.0"));
		assertThat(items(tap)).extracting((item) -> item.get("bytes")).containsExactly(3L, 2L);
	}

	@Test
	void keeps1000MessagesAndSaysHowManyAreLost() {
		String tap = open("room:1", null, false);
		for (int i = 0; i < 1003; i++) {
			this.taps.received(ANN, message("room:1", "say" + i, "{}"));
		}
		List<Map<String, @Nullable Object>> items = items(tap);
		assertThat(items).hasSize(1001);
		assertThat(items.get(0)).containsEntry("direction", "lost").containsEntry("lost", 3L);
		assertThat(items.get(1)).containsEntry("event", "say3").containsEntry("number", 4L);
		assertThat(items.get(1000)).containsEntry("event", "say1002");
	}

	@Test
	void pagesFollowEachOtherInOrder() {
		String tap = open("room:1", null, false);
		for (int i = 0; i < 300; i++) {
			this.taps.received(ANN, message("room:1", "say" + i, "{}"));
		}
		List<String> events = new ArrayList<>();
		Page page = page(tap, "", 7);
		while (page.more()) {
			page.items().forEach((item) -> events.add((String) item.fields().get("event")));
			page = page(tap, page.items().get(page.items().size() - 1).key(), 7);
		}
		page.items().forEach((item) -> events.add((String) item.fields().get("event")));
		assertThat(events).hasSize(300).doesNotHaveDuplicates().first().isEqualTo("say0");
		assertThat(events).last().isEqualTo("say299");
	}

	@Test
	void endsByItselfAndIsForgottenAMinuteLater() {
		String tap = open("room:1", null, false);
		this.taps.received(ANN, message("room:1", "say", "{}"));
		assertThat(this.times).containsExactly(Duration.ofSeconds(60));
		assertThat(this.taps.areOpen()).isTrue();
		this.waiting.get(0).run();
		assertThat(this.taps.areOpen()).isFalse();
		this.taps.received(ANN, message("room:1", "say", "{}"));
		assertThat(items(tap)).hasSize(1);
		assertThat(this.times).last().isEqualTo(Duration.ofMinutes(1));
		this.waiting.get(1).run();
		assertUnknown(tap);
	}

	@Test
	void fourMayBeOpenAndOneThatHasEndedMakesRoom() {
		String first = open("a", null, false);
		open("b", null, false);
		open("c", null, false);
		open("d", null, false);
		assertThatIllegalArgumentException().isThrownBy(() -> open("e", null, false))
			.withMessage("4 taps are open already, the most of a node");
		this.waiting.get(0).run();
		assertThat(items(first)).isEmpty();
		open("e", null, false);
		assertUnknown(first);
	}

	@Test
	void isForgottenWhenItIsClosed() {
		String tap = open("room:1", null, false);
		Tap closed = this.taps.find(tap);
		this.taps.received(ANN, message("room:1", "say", "{}"));
		assertThat(this.taps.close(tap)).isTrue();
		assertThat(this.taps.close(tap)).isFalse();
		assertThat(this.taps.areOpen()).isFalse();
		assertThat(closed.entries()).isEmpty();
		assertUnknown(tap);
		this.waiting.get(0).run();
		assertThat(this.times).hasSize(1);
	}

	@Test
	void wallClockThatIsSetBackDoesNotChangeTheOrder() {
		Tap tap = new Tap(new TapRequest(UUID.randomUUID().toString(), "a", null, 1, false));
		SeenMessage seen = SeenMessage.unreadable(1, ANN);
		tap.add(100, seen);
		tap.add(50, seen);
		assertThat(tap.entries()).extracting(Tap.Entry::at).containsExactly(100L, 100L);
	}

	private void assertUnknown(String tap) {
		assertThat(this.taps.section("n1@h").answer(new Question("taps", "", 1, Map.of("tap", tap))))
			.failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(RefusedQuestionException.class);
	}

	private String open(@Nullable String topic, @Nullable String socket, boolean payloads) {
		String id = UUID.randomUUID().toString();
		this.taps.open(new TapRequest(id, topic, socket, 60, payloads));
		return id;
	}

	private List<Map<String, @Nullable Object>> items(String tap) {
		List<Map<String, @Nullable Object>> items = new ArrayList<>();
		Page page = page(tap, "", 1000);
		while (!page.items().isEmpty()) {
			page.items().stream().map(Item::fields).forEach(items::add);
			page = page(tap, page.items().get(page.items().size() - 1).key(), 1000);
		}
		return items;
	}

	private Page page(String tap, String after, int limit) {
		return this.taps.section("n1@h")
			.answer(new Question("taps", after, limit, Map.of("tap", tap)))
			.toCompletableFuture()
			.join();
	}

	private static SocketMessage message(String topic, String event, String payload) {
		return new SocketMessage(NullNode.instance, NullNode.instance, StringNode.valueOf(topic),
				StringNode.valueOf(event), SocketPayload.json(ByteBuffer.wrap(payload.getBytes())));
	}

}
