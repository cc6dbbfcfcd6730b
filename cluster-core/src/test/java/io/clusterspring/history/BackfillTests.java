package io.clusterspring.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.clusterspring.Node;
import io.clusterspring.history.HistoryFrame.Fetch;
import io.clusterspring.history.HistoryFrame.Range;
import io.clusterspring.history.HistorySync.Outbox;
import io.clusterspring.history.TopicLog.Missing;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Backfill}.
 */
class BackfillTests implements Outbox {

	private static final Origin A = new Origin(1, Node.of("a@host"));

	private static final Node B = Node.of("b@host");

	private static final Node C = Node.of("c@host");

	private final List<String> asked = new ArrayList<>();

	private long now = TimeUnit.DAYS.toNanos(1);

	private final HistoryStore store = new HistoryStore(new Origin(9, Node.of("self@host")),
			List.of(new HistorySettings("all", List.of("*"), 1000, Duration.ofHours(1), 100_000_000)), () -> this.now);

	private final Backfill backfill = new Backfill(this.store, this, () -> this.now);

	@Override
	public void send(Node node, HistoryFrame frame) {
		this.asked.add(node.name() + " " + ((Fetch) frame).topic());
	}

	@Override
	public void sendAll(HistoryFrame frame) {
	}

	@Override
	public void changed(String topic) {
	}

	private void answer(Node node, String topic) {
		this.backfill.received(node, new Range(topic, new WindowState(A, 1, 1, 0), List.of()), List.of());
	}

	@Test
	void oneTopicAtATimeIsFetchedAndEachIsAwaitedUntilItHasCome() {
		this.backfill.fetch(B, "one", new Missing(A.id(), 1, 2));
		this.backfill.fetch(B, "one", new Missing(A.id(), 1, 2));
		this.backfill.fetch(B, "two", new Missing(A.id(), 1, 2));
		assertThat(this.asked).containsExactly("b one");
		answer(B, "one");
		assertThat(this.asked).containsExactly("b one", "b two");
		assertThat(this.backfill.awaits("one")).isFalse();
		assertThat(this.backfill.awaits("two")).isTrue();
	}

	@Test
	void nothingIsAwaitedOfANodeThatHasGone() {
		this.backfill.fetch(B, "one", new Missing(A.id(), 1, 2));
		this.backfill.fetch(B, "two", new Missing(A.id(), 1, 2));
		this.backfill.view(List.of(A.node()));
		assertThat(this.backfill.awaits("one")).isFalse();
		assertThat(this.backfill.awaits("two")).isFalse();
	}

	@Test
	void aNodeThatDoesNotAnswerIsNotAwaitedForever() {
		this.backfill.fetch(B, "one", new Missing(A.id(), 1, 2));
		for (int i = 0; i < 5; i++) {
			this.now += HistorySync.PATIENCE + 1;
			this.backfill.tick();
		}
		assertThat(this.backfill.awaits("one")).isFalse();
	}

	@Test
	void anotherNodeIsAskedInPlaceOfOneThatHasGone() {
		this.backfill.view(List.of(B, C));
		this.backfill.fetch(B, "one", new Missing(A.id(), 1, 2));
		this.backfill.fetch(B, "two", new Missing(A.id(), 1, 2));
		this.backfill.fetch(C, "one", new Missing(A.id(), 1, 2));
		assertThat(this.asked).containsExactly("b one");
		this.backfill.view(List.of(C));
		assertThat(this.asked).containsExactly("b one", "c one");
		assertThat(this.backfill.awaits("one")).isTrue();
		assertThat(this.backfill.awaits("two")).as("no other node has it").isFalse();
		answer(C, "one");
		assertThat(this.backfill.awaits("one")).isFalse();
	}

	@Test
	void anotherNodeIsAskedInPlaceOfOneThatDoesNotAnswer() {
		this.backfill.view(List.of(B, C));
		this.backfill.fetch(B, "one", new Missing(A.id(), 1, 2));
		this.backfill.fetch(C, "one", new Missing(A.id(), 1, 2));
		for (int i = 0; i < 4; i++) {
			this.now += HistorySync.PATIENCE + 1;
			this.backfill.tick();
		}
		assertThat(this.asked).containsExactly("b one", "b one", "b one", "b one", "c one");
		this.backfill.view(List.of(B));
		assertThat(this.backfill.awaits("one")).isFalse();
	}

	@Test
	@Timeout(30)
	void manyTopicsCostNoMoreForEachTopic() {
		for (int i = 0; i < 200_000; i++) {
			this.backfill.fetch(B, "room:" + i, new Missing(A.id(), 1, 2));
		}
		for (int i = 0; i < 200_000; i++) {
			assertThat(this.backfill.awaits("other:" + i)).isFalse();
		}
	}

}
