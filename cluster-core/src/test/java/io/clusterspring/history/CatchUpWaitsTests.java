package io.clusterspring.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.history.HistoryFrame.Fetch;
import io.clusterspring.history.HistoryFrame.Item;
import io.clusterspring.history.HistoryFrame.Range;
import io.clusterspring.history.HistoryFrame.State;
import io.clusterspring.history.HistoryFrame.TopicState;
import io.clusterspring.history.HistorySync.Outbox;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CatchUpWaits}.
 */
class CatchUpWaitsTests implements Outbox {

	private static final Origin A = new Origin(1, Node.of("a@host"));

	private static final Node B = Node.of("b@host");

	private final List<String> asked = new ArrayList<>();

	private long now = TimeUnit.DAYS.toNanos(1);

	private final HistoryStore store = new HistoryStore(new Origin(9, Node.of("self@host")),
			List.of(new HistorySettings("all", List.of("*"), 1000, Duration.ofHours(1), 100_000_000)), () -> this.now);

	private final HistorySync sync = new HistorySync(this.store, this, () -> this.now);

	private final CatchUpWaits waits = new CatchUpWaits(this.sync, () -> this.now);

	@Override
	public void send(Node node, HistoryFrame frame) {
		if (frame instanceof Fetch fetch) {
			this.asked.add(fetch.topic());
		}
	}

	@Override
	public void sendAll(HistoryFrame frame) {
	}

	@Override
	public void changed(String topic) {
	}

	private void answer(String topic) {
		this.sync.received(B, new Range(topic, new WindowState(A, 1, 1, 1), List.of(new Item(1, 0, new byte[] { 1 }))));
		this.waits.check(false);
	}

	@Test
	void topicThatSomebodyWaitsForIsFetchedNext() {
		this.sync.view(List.of(B));
		this.sync.received(B,
				new State(1, 0, true, 0, List.of(), List.of(A.id()),
						Stream.of("one", "two", "three", "four")
							.map((topic) -> new TopicState(topic, List.of(new WindowState(A, 1, 1, 1))))
							.toList()));
		assertThat(this.asked).containsExactly("one");
		TopicLog log = this.store.log("four");
		assertThat(log).isNotNull();
		CompletableFuture<Void> ready = new CompletableFuture<>();
		this.waits.add(log, HistoryPosition.of("AAAAAAAB:1"), ready);
		answer("one");
		assertThat(this.asked).containsExactly("one", "four");
		assertThat(ready).isNotDone();
		answer("four");
		assertThat(ready).isDone();
		answer("two");
		answer("three");
		assertThat(this.asked).containsExactly("one", "four", "two", "three");
	}

}
