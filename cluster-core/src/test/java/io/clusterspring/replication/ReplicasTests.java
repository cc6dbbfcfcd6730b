package io.clusterspring.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.replication.Replicas.Changes;
import io.clusterspring.replication.Replicas.Request;
import io.clusterspring.replication.Replicas.StatePart;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the table of the package, step by step.
 */
class ReplicasTests {

	private static final Node NODE = Node.of("n2@127.0.0.1");

	private static final long LIFE = 42;

	private final TreeSet<Long> present = new TreeSet<>();

	private final List<Request> requests = new ArrayList<>();

	private final List<Request> answered = new ArrayList<>();

	private long token;

	private final Replicas<Long, Long> replicas = new Replicas<>((node, incarnation) -> new Numbers(),
			() -> ++this.token, new Replicas.Outbox() {

				@Override
				public void ask(Node node, Request request) {
					ReplicasTests.this.requests.add(request);
				}

				@Override
				public void answer(Node node, Request request) {
					ReplicasTests.this.answered.add(request);
				}

			});

	@Test
	void aNewNodeIsAskedForItsState() {
		this.replicas.view(List.of(NODE));
		assertThat(this.requests).containsExactly(new Request(1, 0));
		assertThat(this.replicas.isComplete()).isFalse();
		part(1, LIFE, 3, StatePart.ALL, 1L, 2L);
		assertThat(this.present).containsExactly(1L, 2L);
		assertThat(this.replicas.isComplete()).isTrue();
	}

	@Test
	void changesInOrderCauseNoRequest() {
		know(3);
		changes(3, 7L);
		changes(4, 8L, 9L);
		assertThat(this.present).containsExactly(7L, 8L, 9L);
		this.replicas.beat(NODE, LIFE, 6);
		assertThat(this.requests).isEmpty();
	}

	@Test
	void changesThatAreKnownInPartAreContinued() {
		know(3);
		changes(3, 7L, 8L);
		this.present.clear();
		changes(2, 6L, 7L, 8L, 9L);
		assertThat(this.present).containsExactly(9L);
		changes(2, 6L, 7L, 8L, 9L);
		assertThat(this.present).containsExactly(9L);
		assertThat(this.requests).isEmpty();
	}

	@Test
	void aGapIsRequestedOnceAndABeatRequestsAgain() {
		know(3);
		changes(4, 5L);
		assertThat(this.requests).hasSize(1);
		changes(5, 6L);
		assertThat(this.requests).hasSize(1);
		this.replicas.beat(NODE, LIFE, 6);
		assertThat(this.requests).hasSize(2);
		assertThat(this.requests.get(1)).isEqualTo(this.requests.get(0));
	}

	@Test
	void anAnswerWithoutAMissedChangeIsIgnored() {
		know(3);
		changes(4, 5L);
		part(this.token, LIFE, 4, StatePart.ALL, 1L);
		assertThat(this.present).isEmpty();
		assertThat(this.replicas.isComplete()).isFalse();
		part(this.token, LIFE, 5, StatePart.ALL, 1L, 5L);
		assertThat(this.present).containsExactly(1L, 5L);
		assertThat(this.replicas.isComplete()).isTrue();
	}

	@Test
	void anAnswerToAnotherRequestIsIgnored() {
		know(3);
		part(this.token, LIFE, 9, StatePart.ALL, 9L);
		changes(4, 5L);
		part(this.token - 1, LIFE, 9, StatePart.ALL, 9L);
		assertThat(this.present).isEmpty();
	}

	@Test
	void theRestIsRequestedAndReplacesItsRangeOnly() {
		this.replicas.view(List.of(NODE));
		part(1, LIFE, 3, 10, 5L, 10L);
		assertThat(this.requests.get(1)).isEqualTo(new Request(2, 10));
		changes(3, 30L);
		assertThat(this.replicas.isComplete()).isFalse();
		part(2, LIFE, 4, 10, 10L);
		assertThat(this.replicas.isComplete()).as("a part that ends before it begins").isFalse();
		part(2, LIFE, 4, StatePart.ALL, 20L);
		assertThat(this.present).containsExactly(5L, 10L, 20L);
		assertThat(this.replicas.isComplete()).isTrue();
	}

	@Test
	void aGapWhileTheRestIsRequestedStartsAgain() {
		this.replicas.view(List.of(NODE));
		part(1, LIFE, 3, 10, 5L, 10L);
		changes(5, 30L);
		assertThat(this.requests.get(2)).isEqualTo(new Request(3, 0));
	}

	@Test
	void statesOfTwoIncarnationsAreNotMixed() {
		this.replicas.view(List.of(NODE));
		part(1, LIFE, 3, 10, 5L, 10L);
		part(2, LIFE + 1, 9, StatePart.ALL, 20L);
		assertThat(this.present).containsExactly(5L, 10L);
		assertThat(this.requests.get(2)).isEqualTo(new Request(3, 0));
		part(3, LIFE + 1, 9, StatePart.ALL, 20L);
		assertThat(this.present).containsExactly(20L);
		changes(3, 30L);
		assertThat(this.present).containsExactly(20L);
	}

	@Test
	void aRequestWithoutAnAnswerIsSentAnewAtTheSecondTick() {
		this.replicas.view(List.of(NODE));
		this.replicas.tick();
		assertThat(this.requests).hasSize(1);
		this.replicas.tick();
		assertThat(this.requests).containsExactly(new Request(1, 0), new Request(2, 0));
	}

	@Test
	void aRequestBeforeTheViewIsAnsweredWithTheView() {
		this.replicas.asked(NODE, new Request(7, 0));
		assertThat(this.answered).isEmpty();
		this.replicas.view(List.of(NODE));
		assertThat(this.answered).containsExactly(new Request(7, 0));
		this.replicas.view(List.of());
		this.replicas.view(List.of(NODE));
		this.replicas.asked(NODE, new Request(8, 0));
		assertThat(this.answered).containsExactly(new Request(7, 0), new Request(8, 0));
	}

	@Test
	void aNodeThatHasLeftIsForgotten() {
		know(3);
		changes(3, 7L);
		this.replicas.view(List.of());
		assertThat(this.present).isEmpty();
		assertThat(this.replicas.isAlone()).isTrue();
		changes(4, 8L);
		this.replicas.beat(NODE, LIFE, 9);
		part(this.token, LIFE, 9, StatePart.ALL, 9L);
		assertThat(this.present).isEmpty();
		assertThat(this.requests).isEmpty();
	}

	private void know(long number) {
		this.replicas.view(List.of(NODE));
		part(1, LIFE, number, StatePart.ALL);
		this.requests.clear();
	}

	private void changes(long from, Long... changes) {
		this.replicas.changes(NODE, new Changes<>(LIFE, from, from + changes.length, List.of(changes)));
	}

	private void part(long token, long incarnation, long number, long end, Long... entries) {
		this.replicas.part(NODE, new StatePart<>(token, incarnation, number, end, List.of(entries)));
	}

	/**
	 * A replica that is a set of numbers.
	 */
	private final class Numbers implements Replica<Long, Long> {

		@Override
		public void apply(Long change) {
			ReplicasTests.this.present.add(change);
		}

		@Override
		public void replace(long after, long end, List<Long> entries) {
			ReplicasTests.this.present.removeIf((entry) -> entry > after && entry <= end);
			ReplicasTests.this.present.addAll(entries);
		}

	}

}
