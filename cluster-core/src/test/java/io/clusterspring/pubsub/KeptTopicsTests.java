package io.clusterspring.pubsub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.history.CatchUp;
import io.clusterspring.history.HistoryPosition;
import io.clusterspring.history.HistorySettings;
import io.clusterspring.history.MessagePosition;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LogSubscription} on real threads.
 */
class KeptTopicsTests {

	private static final Node N1 = PubSubNodes.N1;

	private static final Node N2 = PubSubNodes.N2;

	private static final Node N3 = PubSubNodes.N3;

	private final LocalNetwork network = new LocalNetwork("kept-topics");

	private final ExecutorService executor = Executors.newFixedThreadPool(6);

	private PubSubNodes nodes;

	@AfterEach
	void close() {
		this.nodes.close();
		this.network.close();
		this.executor.shutdownNow();
	}

	private void start(int size, Node... started) {
		this.nodes = PubSubNodes.start(this.network::transport,
				List.of(new HistorySettings("all", List.of("*"), size, Duration.ofHours(1), 500_000_000)),
				(size > 1000) ? 100_000 : 1, started);
	}

	private void publish(List<Node> publishers, int count) throws Exception {
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < publishers.size(); i++) {
			String name = "p" + i + ":";
			ClusterPubSub topics = this.nodes.pubSub(publishers.get(i));
			running.add(this.executor
				.submit(() -> IntStream.range(0, count).forEach((n) -> topics.broadcast("busy", name + n))));
		}
		for (Future<?> each : running) {
			each.get(1, TimeUnit.MINUTES);
		}
	}

	@Test
	void manyPublishersAreHeardOnceAndInOrderAndTheirNumbersHaveNoGap() throws Exception {
		start(100_000, N1, N2, N3);
		List<Node> publishers = List.of(N1, N1, N1, N2, N2, N3);
		int count = 2000;
		List<Heard<TopicMessage>> all = new ArrayList<>();
		for (Node node : List.of(N1, N2, N3)) {
			Heard<TopicMessage> heard = new Heard<>();
			this.nodes.pubSub(node).subscribe("busy", heard);
			all.add(heard);
		}
		publish(publishers, count);
		for (Heard<TopicMessage> heard : all) {
			await().atMost(Duration.ofMinutes(1)).until(() -> heard.all().size() >= count * publishers.size());
			List<TopicMessage> messages = heard.all();
			Map<Long, Long> numbers = new HashMap<>();
			Map<String, Integer> texts = new HashMap<>();
			for (TopicMessage message : messages) {
				MessagePosition position = message.position();
				assertThat(position).isNotNull();
				assertThat(position.number()).isEqualTo(numbers.merge(position.origin(), 1L, Long::sum));
				String[] text = message.payload(String.class).split(":");
				assertThat(texts.merge(text[0], 1, Integer::sum) - 1).isEqualTo(Integer.parseInt(text[1]));
			}
			assertThat(messages).hasSize(count * publishers.size());
		}
	}

	@Test
	void aSlowListenerWithASmallWindowIsToldOfEachMessageThatItMisses() throws Exception {
		start(50, N1, N2);
		Map<Long, Long> next = new HashMap<>();
		AtomicBoolean wrong = new AtomicBoolean();
		AtomicReference<HistoryPosition> after = new AtomicReference<>();
		ConcurrentLinkedQueue<TopicGap> gaps = new ConcurrentLinkedQueue<>();
		AtomicReference<HistorySubscription> self = new AtomicReference<>();
		HistorySubscription subscription = (HistorySubscription) this.nodes.pubSub(N2)
			.follow("busy", this.executor, new HistorySubscription.Listener() {

				@Override
				public void message(TopicMessage message) {
					long expected = next.merge(message.position().origin(), 1L, Long::sum);
					if (expected != message.position().number()) {
						wrong.set(true);
					}
					after.set(self.get().position());
					if (after.get().number(message.position().origin()) != expected) {
						wrong.set(true);
					}
					if (expected % 100 == 0) {
						Thread.yield();
					}
				}

				@Override
				public void gap(TopicGap gap) {
					gaps.add(gap);
					if (next.merge(gap.first().origin(), 1L, Long::sum) != gap.first().number()) {
						wrong.set(true);
					}
					next.put(gap.first().origin(), gap.last().number());
				}

			});
		self.set(subscription);
		publish(List.of(N1, N1, N2), 3000);
		await().atMost(Duration.ofMinutes(1))
			.until(() -> next.size() == 2 && next.values().stream().mapToLong(Long::longValue).sum() == 9000);
		assertThat(wrong).isFalse();
		assertThat(gaps).isNotEmpty();
		assertThat(this.nodes.pubSub(N2).statistics().droppedMessages())
			.isEqualTo(gaps.stream().mapToLong(TopicGap::count).sum());
	}

	@Test
	void aListenerOfGapsThatFailsHarmsNothing() throws Exception {
		start(5, N1);
		Semaphore first = new Semaphore(0);
		Heard<String> heard = new Heard<>();
		ConcurrentLinkedQueue<TopicGap> gaps = new ConcurrentLinkedQueue<>();
		this.nodes.pubSub(N1).follow("busy", this.executor, new HistorySubscription.Listener() {

			@Override
			public void message(TopicMessage message) {
				heard.accept(message.payload(String.class));
				first.acquireUninterruptibly();
			}

			@Override
			public void gap(TopicGap gap) {
				gaps.add(gap);
				throw new IllegalStateException("a failing listener");
			}

		});
		this.nodes.pubSub(N1).broadcast("busy", "first");
		heard.hasHeard("first");
		IntStream.range(0, 100).forEach((i) -> this.nodes.pubSub(N1).broadcast("busy", "" + i));
		first.release(1000);
		// five are kept, and one more waits
		heard.hasHeard("first", "94", "95", "96", "97", "98", "99");
		assertThat(gaps).hasSize(1).allSatisfy((gap) -> assertThat(gap.count()).isEqualTo(94));
	}

	@Test
	void aTaskRunsAfterAllThatWasPublishedBeforeIt() throws Exception {
		start(100_000, N1);
		Heard<String> heard = new Heard<>();
		Subscription subscription = this.nodes.pubSub(N1).subscribe("busy", String.class, heard);
		for (int round = 1; round <= 300; round++) {
			int published = round * 100;
			IntStream.range(0, 100).forEach((i) -> this.nodes.pubSub(N1).broadcast("busy", "x"));
			CountDownLatch done = new CountDownLatch(1);
			AtomicBoolean complete = new AtomicBoolean();
			subscription.execute(() -> {
				complete.set(heard.all().size() >= published);
				done.countDown();
			});
			assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
			assertThat(complete).as("round %s", round).isTrue();
		}
	}

	@Test
	void theListenerCanAskForWhatWasMissedUpToItsMessage() throws Exception {
		start(100_000, N1);
		AtomicReference<HistorySubscription> self = new AtomicReference<>();
		ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
		Semaphore first = new Semaphore(0);
		Heard<String> heard = new Heard<>();
		self.set((HistorySubscription) this.nodes.pubSub(N1)
			.follow("busy", this.executor, new HistorySubscription.Listener() {

				@Override
				public void message(TopicMessage message) {
					first.acquireUninterruptibly();
					long number = message.position().number();
					HistorySubscription all = self.get();
					CatchUp answer = all.catchUp(all.position(), Duration.ZERO);
					if (!(answer instanceof CatchUp.Recovered none) || !none.missed().isEmpty()
							|| all.position().number(message.position().origin()) != number
							|| all.last(Integer.MAX_VALUE).size() != number) {
						wrong.add(message + " " + answer + " " + all.position());
					}
					heard.accept("" + number);
				}

				@Override
				public void gap(TopicGap gap) {
					wrong.add("" + gap);
				}

			}));
		IntStream.range(0, 100).forEach((i) -> this.nodes.pubSub(N1).broadcast("busy", "" + i));
		first.release(1000);
		await().until(() -> heard.all().size() == 100);
		assertThat(wrong).isEmpty();
	}

	@Test
	void aSubscriptionCanBeClosedWhileItReadsAndMoreThanOnce() throws Exception {
		start(1000, N1, N2);
		for (int round = 0; round < 50; round++) {
			Heard<String> heard = new Heard<>();
			Subscription subscription = this.nodes.pubSub(N2).subscribe("busy", String.class, heard);
			Subscription stays = this.nodes.pubSub(N2).subscribe("busy", String.class, new Heard<>());
			Future<?> publisher = this.executor
				.submit(() -> IntStream.range(0, 50).forEach((i) -> this.nodes.pubSub(N1).broadcast("busy", "" + i)));
			Future<?> closing = this.executor.submit(subscription::close);
			subscription.close();
			closing.get(1, TimeUnit.MINUTES);
			publisher.get(1, TimeUnit.MINUTES);
			stays.close();
		}
		Heard<String> heard = new Heard<>();
		this.nodes.pubSub(N2).subscribe("busy", String.class, heard);
		this.nodes.pubSub(N1).broadcast("busy", "end");
		await().until(() -> heard.all().contains("end"));
	}

	@Test
	void howLongSomebodyWasAwayCanBeAnyNumber() {
		start(1000, N1);
		HistorySubscription subscription = (HistorySubscription) this.nodes.pubSub(N1).subscribe("busy", new Heard<>());
		for (Duration away : List.of(Duration.ofMillis(Long.MAX_VALUE), Duration.ofMillis(Long.MIN_VALUE),
				Duration.ofSeconds(Long.MAX_VALUE), Duration.ZERO)) {
			assertThat(subscription.catchUp(HistoryPosition.NOTHING, away)).isInstanceOf(CatchUp.Recovered.class);
		}
	}

	@Test
	void aMessageThatCannotBeReadIsNotKept() {
		start(1000, N1, N2);
		Heard<String> heard = new Heard<>();
		this.nodes.pubSub(N2).subscribe("busy", String.class, heard);
		byte[] bad = FrameCodec.encode("busy", null, PayloadKind.TEXT, Map.of("a", "b"), new byte[0]);
		// more headers than bytes
		bad[bad.length - 5] = 100;
		this.nodes.history(N1).publish(this.nodes.history(N1).log("busy"), bad, null);
		this.nodes.pubSub(N1).broadcast("busy", "end");
		await().atMost(Duration.ofMinutes(1)).until(() -> heard.all().contains("end"));
		assertThat(this.nodes.history(N2).statistics().messages()).isEqualTo(1);
	}

}
