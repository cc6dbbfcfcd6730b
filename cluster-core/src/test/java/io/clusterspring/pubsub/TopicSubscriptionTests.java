package io.clusterspring.pubsub;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.local.LocalNetwork;
import io.clusterspring.wire.ClusterWire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link TopicSubscription}: a listener cannot disturb the others.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(30)
class TopicSubscriptionTests {

	private static final int CAPACITY = 100;

	private final LocalNetwork network = new LocalNetwork("subscriptions");

	private final ExecutorService executor = Executors.newFixedThreadPool(2);

	private final ClusterPubSub pubSub = new ClusterPubSub(
			new ClusterWire(this.network.transport(PubSubNodes.N1), Runnable::run, 10), PubSubNodes.CODEC,
			this.executor, CAPACITY, MessageObserver.NONE);

	private final Heard<String> heard = new Heard<>();

	private final CountDownLatch release = new CountDownLatch(1);

	@AfterEach
	void stop() {
		this.release.countDown();
		this.executor.shutdownNow();
		this.network.close();
	}

	@Test
	void typedListenerHearsPlainPayloadsAndNoBroadcast(CapturedOutput output) {
		Heard<Map<?, ?>> typed = new Heard<>();
		Heard<TopicMessage> untyped = new Heard<>();
		this.pubSub.subscribe("topic", Map.class, (map) -> typed.accept(map));
		this.pubSub.subscribe("topic", untyped);
		this.pubSub.broadcast("topic", new Broadcast("event", Map.of("for", "sockets")));
		this.pubSub.broadcast("topic", Map.of("for", "us"));
		typed.hasHeard(Map.of("for", "us"));
		await().until(() -> untyped.all().size() == 2);
		assertThat(untyped.all()).extracting(TopicMessage::event).containsExactly("event", null);
		assertThat(output).doesNotContain("Listener failed");
	}

	@Test
	void payloadThatCannotBeReadIsLoggedAndSkipped(CapturedOutput output) {
		Heard<Integer> numbers = new Heard<>();
		this.pubSub.subscribe("topic", Integer.class, numbers);
		this.pubSub.broadcast("topic", 1);
		this.pubSub.broadcast("topic", Map.of("not", "a number"));
		this.pubSub.broadcast("topic", "text");
		this.pubSub.broadcast("topic", new byte[] { '2' });
		this.pubSub.broadcast("topic", null);
		this.pubSub.broadcast("topic", 3);
		numbers.hasHeard(1, 3);
		assertThat(output).contains("Payload cannot be read as java.lang.Integer")
			.contains("Payload is a String, not java.lang.Integer")
			.contains("Payload is a byte[], not java.lang.Integer")
			.contains("Payload is null");
	}

	@Test
	void listenerThatThrowsHearsTheNextMessage(CapturedOutput output) {
		this.pubSub.subscribe("topic", String.class, (text) -> {
			if (text.equals("exception")) {
				throw new IllegalStateException("listener broke");
			}
			if (text.equals("error")) {
				throw new AssertionError("listener broke badly");
			}
			this.heard.accept(text);
		});
		this.pubSub.broadcast("topic", "exception");
		this.pubSub.broadcast("topic", "error");
		this.pubSub.broadcast("topic", "fine");
		this.heard.hasHeard("fine");
		assertThat(output).contains("Listener failed on TopicMessage[topic from n1@127.0.0.1]")
			.contains("listener broke")
			.contains("listener broke badly");
	}

	@Test
	void closedSubscriptionHearsNothingMoreNotEvenWhatWaits() {
		CountDownLatch entered = new CountDownLatch(1);
		Subscription subscription = this.pubSub.subscribe("topic", String.class, (text) -> {
			this.heard.accept(text);
			entered.countDown();
			hold();
		});
		assertThat(subscription.topic()).isEqualTo("topic");
		Heard<String> other = new Heard<>();
		this.pubSub.subscribe("topic", String.class, other);
		this.pubSub.broadcast("topic", "first");
		await().until(() -> entered.getCount() == 0);
		this.pubSub.broadcast("topic", "waiting");
		subscription.close();
		subscription.close();
		this.pubSub.broadcast("topic", "late");
		this.release.countDown();
		other.hasHeard("first", "waiting", "late");
		shutDownAndWait();
		this.heard.hasHeard("first");
	}

	@Test
	void moreBytesThanMayWaitAreLostForASlowListenerAndForNoOther(CapturedOutput output) {
		ClusterPubSub small = new ClusterPubSub(
				new ClusterWire(this.network.transport(PubSubNodes.N2), Runnable::run, 10, 100), PubSubNodes.CODEC,
				this.executor, CAPACITY, MessageObserver.NONE);
		small.subscribe("topic", String.class, (text) -> {
			hold();
			this.heard.accept(text);
		});
		Heard<String> other = new Heard<>();
		small.subscribe("topic", String.class, other);
		String large = "x".repeat(60);
		small.broadcast("topic", large);
		await().until(() -> other.all().size() == 1 && small.statistics().waitingMessages() == 1);
		small.broadcast("topic", large);
		await().until(() -> other.all().size() == 2 && small.statistics().waitingMessages() == 1);
		small.broadcast("topic", "small");
		other.hasHeard(large, large, "small");
		this.release.countDown();
		this.heard.hasHeard(large, "small");
		await().untilAsserted(() -> {
			small.broadcast("topic", large);
			assertThat(this.heard.all()).endsWith(large).hasSizeGreaterThan(2);
		});
		assertThat(output).contains("A listener of topic 'topic' is too slow: the messages that wait for it have "
				+ "reached the limit of their size (cluster.pubsub.mailbox-size), 1 message(s) lost for it so far");
	}

	@Test
	void listenerMayCloseItsOwnSubscription() {
		AtomicReference<Subscription> own = new AtomicReference<>();
		own.set(this.pubSub.subscribe("topic", String.class, (text) -> {
			await().until(() -> own.get() != null);
			this.heard.accept(text);
			own.get().close();
		}));
		this.pubSub.broadcast("topic", "first");
		this.pubSub.broadcast("topic", "second");
		shutDownAndWait();
		this.heard.hasHeard("first");
	}

	@Test
	void slowListenerHoldsUpNeitherTheBroadcasterNorOthers() {
		Heard<String> slow = new Heard<>();
		this.pubSub.subscribe("topic", String.class, (text) -> {
			hold();
			slow.accept(text);
		});
		this.pubSub.subscribe("topic", String.class, this.heard);
		IntStream.range(0, 50).forEach((i) -> this.pubSub.broadcast("topic", "" + i));
		List<String> all = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
		this.heard.hasHeardAll(all);
		assertThat(slow.all()).isEmpty();
		this.release.countDown();
		slow.hasHeardAll(all);
	}

	@Test
	void fullMailboxLosesMessagesForItsListenerOnly(CapturedOutput output) {
		Heard<String> slow = new Heard<>();
		this.pubSub.subscribe("topic", String.class, (text) -> {
			hold();
			slow.accept(text);
		});
		this.pubSub.subscribe("topic", String.class, this.heard);
		List<String> all = IntStream.range(0, 3 * CAPACITY).mapToObj(Integer::toString).toList();
		for (int i = 0; i < all.size(); i++) {
			this.pubSub.broadcast("topic", all.get(i));
			int sent = i + 1;
			if (sent % (CAPACITY / 2) == 0) {
				await().until(() -> this.heard.all().size() == sent);
			}
		}
		this.heard.hasHeardAll(all);
		this.release.countDown();
		slow.hasHeardAll(IntStream.range(0, CAPACITY).mapToObj(Integer::toString).toList());
		assertThat(output).containsOnlyOnce(": its mailbox is full, 1 message(s) lost")
			.contains("A listener of topic 'topic' is too slow")
			.contains("128 message(s) lost")
			.doesNotContain("3 message(s) lost");
		this.pubSub.broadcast("topic", "room again");
		await().untilAsserted(() -> assertThat(slow.all()).endsWith("room again").hasSize(CAPACITY + 1));
	}

	private void hold() {
		try {
			this.release.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void shutDownAndWait() {
		this.executor.shutdown();
		await().until(this.executor::isTerminated);
	}

}
