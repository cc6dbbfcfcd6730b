package io.clusterspring.channel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for slow handlers: the effect on their own channel, and none on others.
 */
@ExtendWith(OutputCaptureExtension.class)
class ChannelLoadTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final String TOPIC = "room:1";

	private static final int CAPACITY = 10;

	private static final String UNMATCHED = "{\"status\":\"error\",\"response\":{\"reason\":\"unmatched topic\"}}";

	private final ChannelNodes nodes = new ChannelNodes();

	private final Room room = new Room();

	@BeforeEach
	void start() {
		this.nodes.start(N1, CAPACITY, List.of(this.room));
	}

	@AfterEach
	void stop() {
		this.room.mayGoOn.release(1000);
		this.nodes.close();
	}

	@Test
	void fullMailboxIsAnsweredAsOverloadedAndTheChannelGoesOn() {
		Client alice = join();
		alice.send(TOPIC, "first", "wait", "{}");
		await().until(this.room.mayGoOn::hasQueuedThreads);
		for (int i = 1; i < CAPACITY; i++) {
			alice.send(TOPIC, "w" + i, "count", "{}");
		}
		alice.send(TOPIC, "beyond", "count", "{}");
		alice.getsReply(TOPIC, "beyond", "error", "{\"reason\":\"overloaded\"}");
		alice.send("[\"9\",\"9\",\"" + TOPIC + "\",\"phx_join\",{}]");
		alice.gets("9", "9", TOPIC, "phx_reply", "{\"status\":\"error\",\"response\":{\"reason\":\"overloaded\"}}");
		this.room.mayGoOn.release();
		alice.getsReply(TOPIC, "first", "ok", "{}");
		for (int i = 1; i < CAPACITY; i++) {
			alice.getsReply(TOPIC, "w" + i, "ok", "" + i);
		}
		end(alice);
	}

	@Test
	void socketOfAFullMailboxStillEndsItsChannels() {
		Client alice = join();
		alice.send(TOPIC, "first", "wait", "{}");
		await().until(this.room.mayGoOn::hasQueuedThreads);
		for (int i = 1; i < CAPACITY; i++) {
			alice.send(TOPIC, "w" + i, "count", "{}");
		}
		alice.close();
		this.room.mayGoOn.release();
		await().until(() -> this.room.left.getCount() == 0);
	}

	@Test
	void slowOrCrashingMemberDisturbsNoOther() {
		Client slow = join();
		Client crashing = join();
		Client bob = join();
		slow.send(TOPIC, "2", "wait", "{}");
		await().until(this.room.mayGoOn::hasQueuedThreads);
		crashing.send(TOPIC, "2", "crash", "{}");
		crashing.gets("1", "1", TOPIC, "phx_error", "{\"reason\":\"channel_crash\"}");
		// before the next broadcast, because a pending one may reach a client that joins
		// meanwhile
		crashing.joined(TOPIC);
		bob.send(TOPIC, "2", "say", "{\"text\":\"hi\"}");
		for (Client client : List.of(bob, slow, crashing)) {
			client.gets(null, null, TOPIC, "said", "{\"text\":\"hi\"}");
		}
		end(bob, slow, crashing);
	}

	@Test
	void messagesAfterACloseAreNotHandled() {
		Client alice = join();
		alice.send(TOPIC, "2", "wait_and_close", "{}");
		await().until(this.room.mayGoOn::hasQueuedThreads);
		alice.send(TOPIC, "3", "count", "{}");
		this.room.mayGoOn.release();
		alice.getsReply(TOPIC, "2", "ok", "{}");
		alice.gets("1", "1", TOPIC, "phx_close", "{}");
		alice.gets(null, "3", TOPIC, "phx_reply", UNMATCHED);
	}

	@Test
	void messagesAfterACloseByAMessageMethodAreNotHandled() {
		Client alice = join();
		this.nodes.pubSub(N1).broadcast(TOPIC, -1);
		await().until(this.room.mayGoOn::hasQueuedThreads);
		alice.send(TOPIC, "3", "count", "{}");
		this.room.mayGoOn.release();
		alice.gets("1", "1", TOPIC, "phx_close", "{}");
		alice.gets(null, "3", TOPIC, "phx_reply", UNMATCHED);
	}

	@Test
	void messagesBeyondTheMailboxAreLostForThatMemberOnlyAndTheLogSaysSo(CapturedOutput output) {
		Client slow = join();
		Client bob = join();
		slow.send(TOPIC, "2", "wait", "{}");
		await().until(this.room.mayGoOn::hasQueuedThreads);
		for (int i = 0; i < 2 * CAPACITY; i++) {
			this.nodes.pubSub(N1).broadcast(TOPIC, i);
			bob.gets("1", null, TOPIC, "number", "{\"number\":" + i + "}");
		}
		end(bob, slow);
		this.room.mayGoOn.release();
		slow.getsReply(TOPIC, "2", "ok", "{}");
		IntStream.range(0, CAPACITY - 1)
			.forEach((i) -> slow.gets("1", null, TOPIC, "number", "{\"number\":" + i + "}"));
		end(bob, slow);
		assertThat(output)
			.contains("Limit cluster.channels.mailbox-capacity was reached by channel 'room:1' of socket test")
			.contains("and 7 times before")
			.doesNotContain("and 2 times before");
	}

	private Client join() {
		Client client = this.nodes.connect(N1, null);
		client.joined(TOPIC);
		return client;
	}

	/**
	 * Assert that the clients got no other message, by a last one that passes the same
	 * queues.
	 */
	private void end(Client... clients) {
		this.nodes.server(N1).broadcast(TOPIC, "end", Map.of());
		for (Client client : clients) {
			client.gets(null, null, TOPIC, "end", "{}");
		}
	}

	@ChannelController("room:{room}")
	static class Room {

		private final Semaphore mayGoOn = new Semaphore(0);

		private final CountDownLatch left = new CountDownLatch(1);

		@OnEvent("count")
		Object count(Channel channel) {
			return channel.attributes().merge("count", 1, (count, one) -> (int) count + (int) one);
		}

		@OnEvent("say")
		void say(Channel channel, ChannelPayload payload) {
			channel.broadcast("said", payload);
		}

		@OnEvent("wait")
		Reply hold() throws InterruptedException {
			this.mayGoOn.acquire();
			return Reply.ok();
		}

		@OnEvent("wait_and_close")
		Reply holdAndClose(Channel channel) throws InterruptedException {
			this.mayGoOn.acquire();
			channel.close();
			return Reply.ok();
		}

		@OnEvent("crash")
		void crash() {
			throw new IllegalStateException("crash");
		}

		@OnMessage
		void message(Channel channel, int number) throws InterruptedException {
			if (number < 0) {
				holdAndClose(channel);
				return;
			}
			channel.push("number", Map.of("number", number));
		}

		@OnLeave
		void leave() {
			this.left.countDown();
		}

	}

}
