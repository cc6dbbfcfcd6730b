package io.clusterspring.pubsub;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.PayloadLimit;
import io.clusterspring.PayloadTooLargeException;
import io.clusterspring.history.HistorySettings;
import io.clusterspring.wire.FrameKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The contract of topics on three nodes. A subclass creates the engine.
 */
abstract class PubSubContractTests {

	private static final Node N1 = PubSubNodes.N1;

	private static final Node N2 = PubSubNodes.N2;

	private static final Node N3 = PubSubNodes.N3;

	private static final String END = "end";

	private PubSubNodes nodes;

	/**
	 * Create a transport for one of the three nodes, in the cluster of this test.
	 * @param node the node
	 * @return a transport, not yet connected
	 */
	protected abstract ClusterTransport transport(Node node);

	/**
	 * Return the histories of all nodes.
	 * @return what is kept, nothing by default
	 */
	protected List<HistorySettings> histories() {
		return List.of();
	}

	@BeforeEach
	void start() {
		this.nodes = PubSubNodes.start(this::transport, histories(), N1, N2, N3);
	}

	@AfterEach
	void stop() {
		this.nodes.close();
	}

	@Test
	void broadcastReachesEverySubscriberOnEveryNodeExactlyOnce() {
		List<Heard<String>> subscribers = Stream.of(N1, N1, N2, N2, N3, N3).map((node) -> hear(node, "news")).toList();
		List<Heard<String>> strangers = Stream.of(N1, N2, N3).map((node) -> hear(node, "other")).toList();
		on(N1).broadcast("news", "from one");
		subscribers.forEach((heard) -> heard.hasHeard("from one"));
		on(N2).broadcast("news", "from two");
		subscribers.forEach((heard) -> heard.hasHeard("from one", "from two"));
		on(N3).broadcast("news", "from three");
		on(N3).broadcast("other", END);
		on(N3).broadcast("news", END);
		subscribers.forEach((heard) -> heard.hasHeard("from one", "from two", "from three", END));
		strangers.forEach((heard) -> heard.hasHeard(END));
	}

	@Test
	void broadcastGoesOnlyToNodesWithSubscriber() {
		assumeTrue(histories().isEmpty(), "messages with a history go to all nodes");
		Heard<String> heard = hear(N2, "routed");
		this.nodes.awaitRouting(N1, "unheard");
		long there = this.nodes.topicFrames(N2);
		long elsewhere = this.nodes.topicFrames(N3);
		long sent = this.nodes.wire(N1).statistics(FrameKind.TOPIC).sentFrames();
		for (int i = 0; i < 100; i++) {
			on(N1).broadcast("routed", "m" + i);
		}
		heard.hasHeardAll(IntStream.range(0, 100).mapToObj((i) -> "m" + i).toList());
		assertThat(this.nodes.topicFrames(N2) - there).isEqualTo(100);
		assertThat(this.nodes.topicFrames(N3)).isEqualTo(elsewhere);
		on(N1).broadcast("unheard", "for nobody");
		assertThat(this.nodes.wire(N1).statistics(FrameKind.TOPIC).sentFrames() - sent).isEqualTo(100);
	}

	@Test
	void nothingIsLostOnceSubscriptionIsInForce() {
		assumeTrue(histories().isEmpty(), "messages with a history go to all nodes");
		this.nodes.awaitRouting(N1, "unheard");
		this.nodes.awaitRouting(N3, "unheard");
		Set<String> missing = ConcurrentHashMap.newKeySet();
		Semaphore window = new Semaphore(100);
		IntStream.range(0, 10_000).forEach((i) -> {
			String topic = "pair:" + i;
			missing.add(topic);
			window.acquireUninterruptibly();
			Subscription[] subscription = new Subscription[1];
			subscription[0] = on(N2).subscribe(topic, (message) -> {
				if (message.payload(String.class).equals("due")) {
					missing.remove(topic);
				}
			});
			// one of them is sent before it is in force, and may be lost
			on(N1).broadcast(topic, "early");
			subscription[0].ready().thenRun(() -> {
				on((i % 2 == 0) ? N1 : N3).broadcast(topic, "due");
				window.release();
			});
		});
		await().untilAsserted(() -> assertThat(missing).isEmpty());
		assertThat(this.nodes.interests(N1).statistics().savedFrames()).isPositive();
		assertThat(this.nodes.interests(N2).statistics().ownTopics()).isEqualTo(10_000);
	}

	@Test
	void orderHoldsWhileReceiversComeAndGo() {
		assumeTrue(histories().isEmpty(), "messages with a history go to all nodes");
		Heard<String> always = new Heard<>();
		// the publisher waits for a listener, else messages beyond a full queue are lost
		Semaphore window = new Semaphore(1000);
		inForce(on(N3).subscribe("changing", String.class, always.andThen((text) -> window.release())));
		this.nodes.awaitRouting(N1, "unheard");
		AtomicBoolean over = new AtomicBoolean();
		Thread publisher = new Thread(() -> {
			for (int i = 0; !over.get(); i++) {
				window.acquireUninterruptibly();
				on(N1).broadcast("changing", Integer.toString(i));
			}
			on(N1).broadcast("changing", END);
		});
		publisher.start();
		for (int i = 0; i < 50; i++) {
			Heard<String> heard = new Heard<>();
			Subscription subscription = inForce(on(N2).subscribe("changing", String.class, heard));
			await().until(() -> heard.all().size() > 3);
			subscription.close();
			assertConsecutive(heard.all());
		}
		over.set(true);
		await().until(() -> always.all().contains(END));
		List<String> all = always.all();
		assertThat(all.get(0)).isEqualTo("0");
		assertConsecutive(all.subList(0, all.size() - 1));
	}

	private static void assertConsecutive(List<String> heard) {
		int first = Integer.parseInt(heard.get(0));
		assertThat(heard).isEqualTo(IntStream.range(first, first + heard.size()).mapToObj(Integer::toString).toList());
	}

	@Test
	void largePayloadsKeepTheirPlaceAmongSmallOnes() {
		List<Integer> sizes = IntStream.range(0, 12).map((i) -> (i % 3 == 1) ? 3_000_000 + i : i).boxed().toList();
		List<List<Integer>> heard = Stream.of(N1, N2, N3).map((node) -> {
			List<Integer> lengths = new CopyOnWriteArrayList<>();
			inForce(on(node).subscribe("mixed", (message) -> lengths.add(message.bytes().remaining())));
			return lengths;
		}).toList();
		sizes.forEach((size) -> on(N1).broadcast("mixed", new byte[size]));
		heard.forEach((lengths) -> await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(lengths).isEqualTo(sizes)));
	}

	@Test
	void payloadOverTheLimitReachesNobody() {
		List<Heard<String>> subscribers = Stream.of(N1, N2).map((node) -> hear(node, "large")).toList();
		String large = "x".repeat((int) PayloadLimit.DEFAULT + 1);
		for (Object payload : List.of(large, large.getBytes(StandardCharsets.UTF_8), List.of(large),
				new Broadcast("event", Map.of("text", large)))) {
			assertThatExceptionOfType(PayloadTooLargeException.class)
				.isThrownBy(() -> on(N1).broadcast("large", payload))
				.withMessageContaining("cluster.max-payload-size");
			assertThatExceptionOfType(PayloadTooLargeException.class)
				.isThrownBy(() -> on(N1).broadcastTo(N2, "large", payload));
		}
		on(N1).broadcast("large", END);
		subscribers.forEach((heard) -> heard.hasHeard(END));
	}

	@Test
	void payloadOfTheLimitReachesAll() {
		List<Heard<String>> subscribers = Stream.of(N1, N2, N3).map((node) -> hear(node, "large")).toList();
		on(N1).broadcast("large", "x".repeat((int) PayloadLimit.DEFAULT));
		on(N1).broadcast("large", END);
		subscribers.forEach((heard) -> await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(heard.all()).hasSize(2).last().isEqualTo(END)));
	}

	@Test
	void messagesOfOnePublisherArriveInOrderAtEverySubscriber() {
		int count = 3000;
		List<Node> publishers = List.of(N1, N1, N2, N3);
		List<Heard<String>> subscribers = Stream.of(N1, N1, N2, N3).map((node) -> hear(node, "busy")).toList();
		for (int i = 0; i < publishers.size(); i++) {
			String name = "p" + i + ":";
			PubSub pubSub = on(publishers.get(i));
			new Thread(() -> IntStream.range(0, count).forEach((n) -> pubSub.broadcast("busy", name + n))).start();
		}
		for (Heard<String> heard : subscribers) {
			await().until(() -> heard.all().size() >= publishers.size() * count);
			for (int i = 0; i < publishers.size(); i++) {
				String name = "p" + i + ":";
				assertThat(heard.all()).filteredOn((message) -> message.startsWith(name))
					.isEqualTo(IntStream.range(0, count).mapToObj((n) -> name + n).toList());
			}
			assertThat(heard.all()).hasSize(publishers.size() * count);
		}
	}

	@Test
	void differentVerbsOfOnePublisherKeepTheirOrder() {
		Heard<String> there = hear(N2, "mixed");
		Subscription sender = on(N1).subscribe("mixed", new Heard<>());
		for (int i = 0; i < 900; i += 3) {
			on(N1).broadcast("mixed", "" + i);
			on(N1).broadcastTo(N2, "mixed", "" + (i + 1));
			on(N1).broadcastFrom(sender, "mixed", "" + (i + 2));
		}
		if (histories().isEmpty()) {
			there.hasHeardAll(IntStream.range(0, 900).mapToObj(Integer::toString).toList());
			return;
		}
		// kept messages have an order, and other messages have one, but the two kinds
		// have none among each other
		await().until(() -> there.all().size() == 900);
		for (boolean kept : new boolean[] { true, false }) {
			assertThat(there.all()).filteredOn((text) -> isKept(text) == kept)
				.isEqualTo(IntStream.range(0, 900)
					.mapToObj(Integer::toString)
					.filter((text) -> isKept(text) == kept)
					.toList());
		}
	}

	private static boolean isKept(String text) {
		return Integer.parseInt(text) % 3 != 1;
	}

	@Test
	void broadcastFromLeavesOutTheSenderAndNobodyElse() {
		Heard<String> sender = new Heard<>();
		Subscription subscription = on(N1).subscribe("chat", String.class, sender);
		List<Heard<String>> others = Stream.of(N1, N2, N3).map((node) -> hear(node, "chat")).toList();
		on(N1).broadcastFrom(subscription, "chat", "hello");
		on(N1).broadcast("chat", END);
		others.forEach((heard) -> heard.hasHeard("hello", END));
		sender.hasHeard(END);
	}

	@Test
	void broadcastLocalStaysOnItsNode() {
		Heard<String> here = hear(N1, "near");
		Heard<String> hereToo = hear(N1, "near");
		List<Heard<String>> there = Stream.of(N2, N3).map((node) -> hear(node, "near")).toList();
		on(N1).broadcastLocal("near", "for us");
		onlyIfKept(() -> Stream.of(here, hereToo).forEach((heard) -> heard.hasHeard("for us")));
		on(N1).broadcast("near", END);
		here.hasHeard("for us", END);
		hereToo.hasHeard("for us", END);
		there.forEach((heard) -> heard.hasHeard(END));
	}

	/** Messages of one node only have no order with those of a topic with history. */
	private void onlyIfKept(Runnable wait) {
		if (!histories().isEmpty()) {
			wait.run();
		}
	}

	@Test
	void broadcastToReachesOneNodeWhichMayBeTheOwn() {
		Heard<String> one = hear(N1, "aimed");
		Heard<String> two = hear(N2, "aimed");
		Heard<String> three = hear(N3, "aimed");
		on(N1).broadcastTo(N2, "aimed", "for two");
		on(N1).broadcastTo(N1, "aimed", "for myself");
		on(N1).broadcastTo(Node.of("nobody@127.0.0.1"), "aimed", "lost");
		onlyIfKept(() -> {
			one.hasHeard("for myself");
			two.hasHeard("for two");
		});
		on(N1).broadcast("aimed", END);
		one.hasHeard("for myself", END);
		two.hasHeard("for two", END);
		three.hasHeard(END);
	}

	@Test
	void bytesAndStringsPassAsTheyAre() {
		for (Node node : List.of(N1, N2)) {
			Heard<TopicMessage> heard = new Heard<>();
			Subscription subscription = inForce(on(node).subscribe("raw", heard));
			byte[] bytes = { 0, -1, '{', 127 };
			on(N1).broadcast("raw", bytes);
			on(N1).broadcast("raw", "späße \"quoted\" 🎈");
			await().until(() -> heard.all().size() == 2);
			assertThat(heard.all().get(0).payload(byte[].class)).isEqualTo(bytes);
			assertThat(heard.all().get(1).payload(String.class)).isEqualTo("späße \"quoted\" 🎈");
			assertThat(heard.all().get(1).payload(Object.class)).isEqualTo("späße \"quoted\" 🎈");
			subscription.close();
		}
	}

	@Test
	void otherPayloadsPassAsJsonAndTheReceiverNamesTheType() {
		for (Node node : List.of(N1, N2)) {
			Heard<TopicMessage> heard = new Heard<>();
			Subscription subscription = inForce(on(node).subscribe("json", heard));
			on(N1).broadcast("json", List.of(new Order("a", 1), new Order("b", 2)));
			on(N1).broadcast("json", null);
			on(N1).broadcast("json", 42);
			await().until(() -> heard.all().size() == 3);
			TopicMessage orders = heard.all().get(0);
			assertThat(orders.payload(ResolvableType.forClassWithGenerics(List.class, Order.class).getType()))
				.isEqualTo(List.of(new Order("a", 1), new Order("b", 2)));
			assertThat(orders.payload(Object.class))
				.isEqualTo(List.of(Map.of("id", "a", "count", 1), Map.of("id", "b", "count", 2)));
			assertThat(heard.all().get(1).payload(Order.class)).isNull();
			assertThat(heard.all().get(2).payload(int.class)).isEqualTo(42);
			subscription.close();
		}
	}

	@Test
	void messageSaysWhatItIsAndWhereItComesFrom() {
		Heard<TopicMessage> here = new Heard<>();
		Heard<TopicMessage> there = new Heard<>();
		Subscription sender = on(N1).subscribe("room:1", here);
		Subscription stranger = inForce(on(N2).subscribe("room:1", there));
		on(N1).broadcast("room:1", new Broadcast("new_msg", new Order("a", 1)));
		on(N1).broadcastFrom(sender, "room:1", new Broadcast("new_msg", Map.of()));
		await().until(() -> !here.all().isEmpty() && there.all().size() == 2);
		assertThat(List.of(here.all().get(0), there.all().get(0))).allSatisfy((message) -> {
			assertThat(message.node()).isEqualTo(N1);
			assertThat(message.topic()).isEqualTo("room:1");
			assertThat(message.event()).isEqualTo("new_msg");
			assertThat(message.payload(Order.class)).isEqualTo(new Order("a", 1));
			assertThat(message).hasToString("TopicMessage[room:1 new_msg from n1@127.0.0.1]");
		});
		assertThat(there.all().get(1).isFrom(stranger)).isFalse();
	}

	@Test
	void binaryBroadcastArrivesAsTheBytesItIs() {
		Heard<TopicMessage> here = new Heard<>();
		Heard<TopicMessage> there = new Heard<>();
		on(N1).subscribe("room:1", here);
		inForce(on(N2).subscribe("room:1", there));
		on(N1).broadcast("room:1", new Broadcast("image", new byte[] { 1, 2, (byte) 0xFF }));
		on(N1).broadcast("room:1", "text");
		await().until(() -> here.all().size() == 2 && there.all().size() == 2);
		assertThat(List.of(here.all().get(0), there.all().get(0))).allSatisfy((message) -> {
			assertThat(message.event()).isEqualTo("image");
			assertThat(message.isBinary()).isTrue();
			assertThat(message.bytes().remaining()).isEqualTo(3);
			assertThat(message.payload(byte[].class)).containsExactly(1, 2, 0xFF);
		});
		assertThat(there.all().get(1).isBinary()).isFalse();
	}

	private PubSub on(Node node) {
		return this.nodes.pubSub(node);
	}

	private Heard<String> hear(Node node, String topic) {
		Heard<String> heard = new Heard<>();
		inForce(on(node).subscribe(topic, String.class, heard));
		return heard;
	}

	private static Subscription inForce(Subscription subscription) {
		subscription.ready().toCompletableFuture().orTimeout(1, TimeUnit.MINUTES).join();
		return subscription;
	}

	record Order(String id, int count) {
	}

}
