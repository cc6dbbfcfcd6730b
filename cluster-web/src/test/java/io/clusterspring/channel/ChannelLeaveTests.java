package io.clusterspring.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.handler.annotation.DestinationVariable;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for all ways in which a channel ends: its handler is called exactly once, and no
 * state remains.
 */
class ChannelLeaveTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final String TOPIC = "room:1";

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private final Room room = new Room();

	private Client client;

	@BeforeEach
	void start() {
		this.nodes.start(N1, 1000, List.of(this.room));
		this.client = this.nodes.connect(N1, null);
	}

	@Test
	void clientLeaves() {
		this.client.joined(TOPIC);
		this.client.send(TOPIC, "2", "phx_leave", "{}");
		this.client.getsReply(TOPIC, "2", "ok", "{}");
		this.client.gets("1", "1", TOPIC, "phx_close", "{}");
		leftOnce();
	}

	@Test
	void clientLeavesTwice() {
		this.client.joined(TOPIC);
		this.client.send(TOPIC, "2", "phx_leave", "{}");
		this.client.send(TOPIC, "3", "phx_leave", "{}");
		this.client.getsReply(TOPIC, "2", "ok", "{}");
		this.client.gets("1", "1", TOPIC, "phx_close", "{}");
		this.client.getsReply(TOPIC, "3", "ok", "{}");
		leftOnce();
	}

	@Test
	void handlerCrashes() {
		this.client.joined(TOPIC);
		this.client.send(TOPIC, "2", "crash", "{}");
		this.client.gets("1", "1", TOPIC, "phx_error", "{\"reason\":\"channel_crash\"}");
		leftOnce();
	}

	@Test
	void handlerClosesTheChannelMoreThanOnce() {
		this.client.joined(TOPIC);
		this.client.send(TOPIC, "2", "close", "{}");
		this.client.getsReply(TOPIC, "2", "ok", "\"closing\"");
		this.client.gets("1", "1", TOPIC, "phx_close", "{}");
		leftOnce();
	}

	@Test
	void anotherJoinReplacesTheChannel() {
		this.client.joined(TOPIC);
		this.client.send("[\"9\",\"9\",\"" + TOPIC + "\",\"phx_join\",{}]");
		this.client.gets("9", "9", TOPIC, "phx_reply", Client.OK);
		this.client.gets("1", "1", TOPIC, "phx_close", "{}");
		assertThat(this.room.left).containsExactly("1 refused=false");
		this.client.send("[\"9\",\"10\",\"" + TOPIC + "\",\"phx_leave\",{}]");
		this.client.gets("9", "10", TOPIC, "phx_reply", Client.OK);
		this.client.gets("9", "9", TOPIC, "phx_close", "{}");
		await().until(() -> this.room.left.size() == 2);
		nothingIsLeft();
	}

	@Test
	void refusedJoinReplacesTheChannelToo() {
		this.client.joined(TOPIC);
		this.client.send("[\"9\",\"9\",\"" + TOPIC + "\",\"phx_join\",{\"refuse\":true}]");
		this.client.gets("9", "9", TOPIC, "phx_reply", "{\"status\":\"error\",\"response\":{\"reason\":\"no\"}}");
		this.client.gets("1", "1", TOPIC, "phx_close", "{}");
		leftOnce();
	}

	@Test
	void socketCloses() {
		this.client.joined(TOPIC);
		this.client.joined("room:2");
		this.client.close();
		this.client.close();
		await().until(() -> this.room.left.size() == 2);
		nothingIsLeft();
		assertThat(this.room.left).containsExactlyInAnyOrder("1 refused=false", "2 refused=false");
	}

	@Test
	void socketClosesAfterTheClientHasLeft() {
		this.client.joined(TOPIC);
		this.client.send(TOPIC, "2", "phx_leave", "{}");
		this.client.getsReply(TOPIC, "2", "ok", "{}");
		this.client.close();
		leftOnce();
	}

	@Test
	void refusedJoinDoesNotLeave() {
		this.client.join(TOPIC, "{\"refuse\":true}");
		this.client.getsReply(TOPIC, "1", "error", "{\"reason\":\"no\"}");
		this.client.close();
		Client other = this.nodes.connect(N1, null);
		other.joined("room:other");
		other.close();
		await().until(() -> !this.room.left.isEmpty());
		nothingIsLeft();
		assertThat(this.room.left).containsExactly("other refused=false");
	}

	@Test
	void exceptionInALeaveMethodDoesNoHarm() {
		this.client.join("room:bad");
		this.client.getsReply("room:bad", "1", "ok", "{}");
		this.client.send("room:bad", "2", "phx_leave", "{}");
		this.client.getsReply("room:bad", "2", "ok", "{}");
		this.client.gets("1", "1", "room:bad", "phx_close", "{}");
		this.client.joined("room:bad");
		this.client.joined("room:bad");
		this.client.gets("1", "1", "room:bad", "phx_close", "{}");
	}

	@Test
	void nothingIsLeftWhenManyHaveComeAndGone() throws InterruptedException {
		List<Thread> threads = new ArrayList<>();
		for (int thread = 0; thread < 4; thread++) {
			threads.add(new Thread(() -> IntStream.range(0, 100).forEach((i) -> comeAndGo("room:" + (i % 3)))));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		nothingIsLeft();
		// a join is skipped if its socket closes before it is handled
		await().until(() -> this.room.left.size() == this.room.joined.get());
	}

	private void comeAndGo(String topic) {
		Client visitor = this.nodes.connect(N1, null);
		visitor.join(topic);
		this.nodes.server(N1).broadcast(topic, "noise", Map.of());
		if (topic.endsWith("0")) {
			visitor.send(topic, "2", "phx_leave", "{}");
		}
		visitor.close();
	}

	private void leftOnce() {
		await().until(() -> !this.room.left.isEmpty());
		this.client.close();
		nothingIsLeft();
		assertThat(this.room.left).containsExactly("1 refused=false");
	}

	private void nothingIsLeft() {
		await().untilAsserted(() -> {
			assertThat(ChannelLeaks.topics(this.nodes.server(N1))).isEmpty();
			assertThat(ChannelLeaks.subscriptions(this.nodes.server(N1))).isEmpty();
			assertThat(ChannelLeaks.channels(this.client.session())).isEmpty();
		});
	}

	record Request(@Nullable Boolean refuse) {

		boolean isRefused() {
			return Boolean.TRUE.equals(this.refuse);
		}

	}

	@ChannelController("room:{room}")
	static class Room {

		private final List<String> left = new CopyOnWriteArrayList<>();

		private final AtomicInteger joined = new AtomicInteger();

		@OnJoin
		Reply join(Channel channel, Request request) {
			channel.attributes().put("refused", request.isRefused());
			this.joined.incrementAndGet();
			return request.isRefused() ? Reply.refuse("no") : Reply.ok();
		}

		@OnEvent("crash")
		void crash() {
			throw new IllegalStateException("crash");
		}

		@OnEvent("close")
		String close(Channel channel) {
			channel.close();
			channel.close();
			return "closing";
		}

		@OnLeave
		void leave(Channel channel, @DestinationVariable String room) {
			this.left.add(room + " refused=" + channel.attributes().get("refused"));
			channel.push("late", Map.of());
			if (room.equals("bad")) {
				throw new AssertionError("cannot even leave");
			}
		}

	}

}
