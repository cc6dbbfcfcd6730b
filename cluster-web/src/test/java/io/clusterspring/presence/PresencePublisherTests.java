package io.clusterspring.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.pubsub.PubSub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link PresencePublisher}.
 */
class PresencePublisherTests {

	private static final int TOPICS = 50;

	private static final PresenceOrigin ORIGIN = new PresenceOrigin(Node.of("n1@host"), 7, PresenceNode.CODEC);

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

	private final ExecutorService threads = Executors.newFixedThreadPool(4);

	private final List<PresenceChange> told = new CopyOnWriteArrayList<>();

	private final PresenceLimits limits = new PresenceLimits(Duration.ofSeconds(1), Duration.ZERO, Duration.ofMillis(5),
			100_000, 1024);

	private final PresencePublisher publisher = new PresencePublisher(new PresenceDelivery(mock(PubSub.class),
			new PresenceLists(new PresenceTable(), PresenceNode.CODEC, () -> null), this.told::add, List.of(),
			this.threads, this.threads, this.limits.queueCapacity()), this.timer, this.limits);

	@AfterEach
	void stop() {
		this.timer.shutdownNow();
		this.threads.shutdownNow();
	}

	@Test
	void idleTopicsAreRemovedAndNoChangeIsPublishedTwice() throws Exception {
		int each = 2000;
		List<Thread> writers = new ArrayList<>();
		for (int writer = 0; writer < 3; writer++) {
			int from = writer * each;
			Thread thread = new Thread(() -> {
				for (int id = from + 1; id <= from + each; id++) {
					join(id);
				}
			});
			thread.start();
			writers.add(thread);
		}
		for (Thread writer : writers) {
			writer.join();
		}
		await().until(() -> this.publisher.activeTopics() == 0);
		await().until(() -> refs().size() == 3 * each);
		assertThat(refs()).doesNotHaveDuplicates();
		join(3 * each + 1);
		await().until(() -> refs().size() == 3 * each + 1);
		await().until(() -> this.publisher.activeTopics() == 0);
	}

	private List<String> refs() {
		return this.told.stream()
			.flatMap((change) -> change.joins().values().stream())
			.flatMap((entry) -> entry.metas().stream())
			.map(PresenceMeta::ref)
			.toList();
	}

	private void join(long id) {
		this.publisher.change(() -> this.publisher
			.joined(new PresenceMeta(ORIGIN, id, 0, "topic" + id % TOPICS, "key" + id, "{}".getBytes())));
	}

}
