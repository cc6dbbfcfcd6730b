package io.clusterspring.channel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.pubsub.ClusterPubSub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the fan-out: how queued broadcasts are sent.
 */
class ChannelFanoutTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final String TOPIC = "room:1";

	private final ChannelNodes nodes = new ChannelNodes();

	private final Room room = new Room();

	@BeforeEach
	void start() {
		this.nodes.start(N1, 1000, List.of(this.room));
		this.nodes.start(N2, 1000, List.of(new Room()));
	}

	@AfterEach
	void stop() {
		this.room.mayGoOn.release(100);
		this.nodes.close();
	}

	@Test
	void queuedBroadcastsAreSentInOneFrame() {
		Client alice = join();
		Client bob = join();
		this.nodes.deliveries.hold();
		IntStream.range(0, 10).forEach(this::broadcast);
		releaseWhenWaiting(10);
		for (Client client : List.of(alice, bob)) {
			IntStream.range(0, 10).forEach((i) -> getsNumber(client, i));
			assertThat(client.connection().frames).as("the reply to the join, and the broadcasts").hasValue(2);
		}
	}

	@Test
	void singleBroadcastIsSentAtOnce() {
		Client alice = join();
		for (int i = 0; i < 3; i++) {
			broadcast(i);
			getsNumber(alice, i);
		}
		assertThat(alice.connection().frames).hasValue(4);
	}

	@Test
	void manyLargeBroadcastsAreSentInSeveralFrames() {
		Client alice = join();
		this.nodes.deliveries.hold();
		Map<String, String> large = Map.of("text", "x".repeat(20_000));
		IntStream.range(0, 10).forEach((i) -> this.nodes.server(N2).broadcast(TOPIC, "large", large));
		releaseWhenWaiting(10);
		IntStream.range(0, 10)
			.forEach((i) -> alice.gets(null, null, TOPIC, "large", "{\"text\":\"" + large.get("text") + "\"}"));
		assertThat(alice.connection().frames.get() - 1).isBetween(2, 4);
	}

	@Test
	void senderDoesNotGetItsOwnBroadcastInABatch() {
		Client alice = join();
		Client bob = join();
		this.nodes.deliveries.hold();
		this.nodes.server(N1).broadcastLocal(TOPIC, "number", Map.of("n", 0));
		alice.send(TOPIC, "2", "to_others", "{\"n\":1}");
		alice.getsReply(TOPIC, "2", "ok", "{}");
		this.nodes.server(N1).broadcastLocal(TOPIC, "number", Map.of("n", 2));
		releaseWhenWaiting(3);
		getsNumber(alice, 0);
		getsNumber(alice, 2);
		IntStream.range(0, 3).forEach((i) -> getsNumber(bob, i));
		assertThat(alice.connection().frames).as("join, reply, broadcasts").hasValue(3);
	}

	@Test
	void handlerInterceptsOneBroadcastOfABatch() {
		Client alice = join();
		this.nodes.deliveries.hold();
		broadcast(0);
		this.nodes.server(N2).broadcast(TOPIC, "seen", Map.of("n", 1));
		broadcast(2);
		releaseWhenWaiting(3);
		List<String> came = List.of(alice.next(), alice.next(), alice.next());
		assertThat(came).filteredOn((text) -> text.startsWith("[null,null,"))
			.containsExactly("[null,null,\"room:1\",\"number\",{\"n\":0}]",
					"[null,null,\"room:1\",\"number\",{\"n\":2}]");
		assertThat(came).contains("[\"1\",null,\"room:1\",\"seen\",{\"n\":1}]");
	}

	@Test
	void plainPayloadBetweenBroadcastsIsDelivered() {
		Client alice = join();
		this.nodes.deliveries.hold();
		broadcast(0);
		this.nodes.pubSub(N2).broadcast(TOPIC, "plain");
		broadcast(1);
		this.nodes.pubSub(N2).broadcast(TOPIC, "plain");
		releaseWhenWaiting(4);
		getsNumber(alice, 0);
		getsNumber(alice, 1);
		await().until(() -> this.room.heard.availablePermits() == 2);
	}

	@Test
	void blockedHandlersDoNotDelayBroadcasts() {
		Client bob = join();
		for (int i = 0; i < ChannelNodes.HANDLER_THREADS; i++) {
			join().send(TOPIC, "2", "wait", "{}");
		}
		await().until(() -> this.room.mayGoOn.getQueueLength() == ChannelNodes.HANDLER_THREADS);
		broadcast(1);
		getsNumber(bob, 1);
	}

	@Test
	void memberThatFailsDoesNotStopTheOthers() throws Exception {
		Client before = join();
		RecordingConnection broken = new RecordingConnection() {

			@Override
			public void send(SocketFrame frame) {
				if (frame.messages().get(0).text().contains("number")) {
					throw new IllegalStateException("broken connection");
				}
				super.send(frame);
			}

		};
		AcceptedSocket accepted = (AcceptedSocket) this.nodes.server(N1)
			.connect(ChannelNodes.request(Map.of("vsn", "2.0.0"), null));
		new Client(broken, accepted.open(broken), false).joined(TOPIC);
		Client after = join();
		broadcast(1);
		broadcast(2);
		for (Client client : List.of(before, after)) {
			getsNumber(client, 1);
			getsNumber(client, 2);
		}
		assertThat(broken.closeCode()).as("closed, because it missed a broadcast").isEqualTo(1011);
	}

	@Test
	void observerThatThrowsLosesNoMessage() {
		Client alice = join();
		this.nodes.deliveries.hold();
		IntStream.range(0, 5).forEach(this::broadcast);
		this.nodes.observer.set((message) -> {
			throw new AssertionError("observer of " + message);
		});
		releaseWhenWaiting(5);
		IntStream.range(0, 5).forEach((i) -> getsNumber(alice, i));
	}

	@Test
	void observerThatDoesNotCallTheListenerLosesNoMessage() {
		Client alice = join();
		this.nodes.observer.set((message) -> {
		});
		broadcast(1);
		getsNumber(alice, 1);
	}

	private void releaseWhenWaiting(int messages) {
		ClusterPubSub topics = (ClusterPubSub) this.nodes.pubSub(N1);
		await().until(() -> topics.statistics().waitingMessages() == messages);
		this.nodes.deliveries.release();
	}

	private Client join() {
		Client client = this.nodes.connect(N1, null);
		client.joined(TOPIC);
		return client;
	}

	private void broadcast(int number) {
		this.nodes.server(N2).broadcast(TOPIC, "number", Map.of("n", number));
	}

	private static void getsNumber(Client client, int number) {
		client.gets(null, null, TOPIC, "number", "{\"n\":" + number + "}");
	}

	@ChannelController("room:{room}")
	static class Room {

		private final Semaphore mayGoOn = new Semaphore(0);

		private final Semaphore heard = new Semaphore(0);

		@OnEvent("to_others")
		Reply toOthers(Channel channel, ChannelPayload payload) {
			channel.broadcastFrom("number", payload);
			return Reply.ok();
		}

		@OnEvent("wait")
		void await() throws InterruptedException {
			this.mayGoOn.acquire();
		}

		@OnBroadcast("seen")
		@Nullable ChannelPayload seen(ChannelPayload payload) {
			return payload;
		}

		@OnMessage
		void hear(String text) {
			this.heard.release();
		}

	}

}
