package io.clusterspring.pubsub;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.test.util.ReflectionTestUtils;

import io.clusterspring.mailbox.ByteBudget;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.pubsub.ClusterPubSub.TopicRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TopicRegistry}.
 */
class TopicRegistryTests {

	private final TopicRegistry registry = new TopicRegistry();

	@Test
	void knowsNobodyAtFirst() {
		assertThat(this.registry.subscriptions("a")).isEmpty();
	}

	@Test
	void keepsTheSubscribersOfATopicInTheOrderTheyCame() {
		TopicSubscription first = add("a");
		TopicSubscription other = add("b");
		TopicSubscription second = add("a");
		assertThat(this.registry.subscriptions("a")).containsExactly(first, second);
		assertThat(this.registry.subscriptions("b")).containsExactly(other);
	}

	@Test
	void removesOneSubscriberAndLeavesTheOthers() {
		TopicSubscription first = add("a");
		TopicSubscription second = add("a");
		TopicSubscription third = add("a");
		second.close();
		second.close();
		assertThat(this.registry.subscriptions("a")).containsExactly(first, third);
	}

	@Test
	void forgetsATopicWithItsLastSubscriber() {
		TopicSubscription first = add("a");
		TopicSubscription second = add("a");
		first.close();
		second.close();
		second.close();
		assertThat(this.registry.subscriptions("a")).isEmpty();
		assertThat(topics()).isEmpty();
	}

	@Test
	void doesNotChangeWhatADeliveryIsGoingThrough() {
		TopicSubscription first = add("a");
		TopicSubscription[] present = this.registry.subscriptions("a");
		add("a");
		first.close();
		assertThat(present).containsExactly(first);
	}

	@Test
	void losesNobodyWhenManySubscribeAndCloseAtOnce() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try {
			CountDownLatch start = new CountDownLatch(1);
			List<Future<TopicSubscription>> kept = IntStream.range(0, 8).mapToObj((thread) -> executor.submit(() -> {
				start.await();
				for (int i = 0; i < 2000; i++) {
					add("a").close();
				}
				return add("a");
			})).toList();
			start.countDown();
			for (Future<TopicSubscription> subscription : kept) {
				assertThat(subscription.get()).isNotNull();
			}
			assertThat(this.registry.subscriptions("a")).hasSize(8).doesNotHaveDuplicates();
		}
		finally {
			executor.shutdownNow();
		}
	}

	private TopicSubscription add(String topic) {
		TopicSubscription subscription = new TopicSubscription(new TopicSubscription.Parts(topic, (message) -> {
		}, new Mailbox(Runnable::run, 1), new ByteBudget(1000), MessageObserver.NONE, new LongAdder(),
				this.registry::remove));
		this.registry.add(subscription);
		return subscription;
	}

	private Map<?, ?> topics() {
		return (Map<?, ?>) ReflectionTestUtils.getField(this.registry, "topics");
	}

}
