package io.clusterspring.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.history.HistoryFrame.Fetch;
import io.clusterspring.history.HistoryFrame.Item;
import io.clusterspring.history.HistoryFrame.Range;
import io.clusterspring.history.HistorySync.Outbox;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Repairs}.
 */
class RepairsTests implements Outbox {

	private static final Origin A = new Origin(1, Node.of("a@host"));

	private static final Node B = Node.of("b@host");

	private final List<String> asked = new ArrayList<>();

	private long now = TimeUnit.DAYS.toNanos(1);

	private final HistoryStore store = new HistoryStore(new Origin(9, Node.of("self@host")),
			List.of(new HistorySettings("all", List.of("*"), 1000, Duration.ofHours(1), 100_000_000)), () -> this.now);

	private final Repairs repairs = new Repairs(this.store, this, () -> this.now, (topic, window) -> {
	});

	RepairsTests() {
		this.store.booted();
	}

	@Override
	public void send(Node node, HistoryFrame frame) {
		Fetch fetch = (Fetch) frame;
		this.asked.add(node.name() + " " + fetch.topic() + " " + fetch.from() + "-" + fetch.to());
	}

	@Override
	public void sendAll(HistoryFrame frame) {
	}

	@Override
	public void changed(String topic) {
	}

	private void take(String topic, long number) {
		if (this.store.take(topic, number == 1, message(number)) == TopicLog.Taken.GAP) {
			this.repairs.missing(topic, A.id(), null);
		}
	}

	private KeptMessage message(long number) {
		return new KeptMessage(A, number, this.now, new byte[3], 0, null);
	}

	private void tick() {
		this.now += HistorySync.PATIENCE;
		this.repairs.tick();
	}

	private void answer(Node node, String topic, long first, long last, long... numbers) {
		List<Item> items = new ArrayList<>();
		List<KeptMessage> messages = new ArrayList<>();
		for (long number : numbers) {
			items.add(new Item(number, 0, new byte[3]));
			messages.add(message(number));
		}
		this.repairs.received(node, new Range(topic, new WindowState(A, 1, first, last), items), messages);
	}

	private long last(String topic) {
		TopicLog log = this.store.log(topic);
		assertThat(log).isNotNull();
		WindowState state = log.state(A.id());
		assertThat(state).isNotNull();
		return state.last();
	}

	@Test
	void allNodesAreAskedOneAfterTheOtherAndThenItIsGivenUp() {
		this.repairs.view(List.of(A.node(), B));
		take("t", 1);
		take("t", 4);
		assertThat(this.asked).containsExactly("a t 2-3");
		tick();
		assertThat(this.asked).containsExactly("a t 2-3", "b t 2-3");
		answer(A.node(), "t", 2, 4, 2, 3);
		assertThat(last("t")).as("an answer of a node whose turn is over").isEqualTo(1);
		answer(B, "t", 1, 0);
		assertThat(last("t")).isEqualTo(4);
		assertThat(this.repairs.awaits("t")).isFalse();
		assertThat(this.repairs.counts()).containsEntry("found", 1L).containsEntry("given-up", 1L);
	}

	@Test
	void aPartOfTheAnswerIsAskedForAgain() {
		this.repairs.view(List.of(A.node()));
		take("t", 1);
		take("t", 9);
		answer(A.node(), "t", 1, 9, 2, 3);
		assertThat(this.asked).containsExactly("a t 2-8", "a t 4-8");
		answer(A.node(), "t", 1, 9, 4, 5, 6, 7, 8);
		assertThat(last("t")).isEqualTo(9);
		assertThat(this.repairs.counts()).containsEntry("filled", 1L).containsEntry("given-up", 0L);
	}

	@Test
	void aNodeThatComesWhileThisOneIsAloneIsAsked() {
		take("t", 1);
		take("t", 3);
		assertThat(this.asked).isEmpty();
		this.repairs.view(List.of(B));
		tick();
		assertThat(this.asked).containsExactly("b t 2-2");
		assertThat(last("t")).isEqualTo(1);
	}

	@Test
	void aNodeThatIsAloneGivesUpAfterAWhile() {
		take("t", 1);
		take("t", 3);
		for (int i = 0; i < 5; i++) {
			tick();
		}
		assertThat(last("t")).isEqualTo(1);
		tick();
		assertThat(last("t")).isEqualTo(3);
	}

	@Test
	void manyMessagesAfterAGapTakeOnePlaceOnly() {
		take("t", 1);
		for (int i = 3; i < 100; i++) {
			take("t", i);
		}
		this.repairs.view(List.of(B));
		take("u", 1);
		take("u", 3);
		assertThat(this.asked).contains("b u 2-2");
	}

	@Test
	void thousandsOfGapsAreRepairedThirtyTwoAtATime() {
		this.repairs.view(List.of(B));
		for (int i = 0; i < 20_000; i++) {
			take("t" + i, 1);
			take("t" + i, 3);
		}
		assertThat(this.asked).hasSize(32);
		this.repairs.tick();
		// all but the first ones come by themselves
		for (int i = 32; i < 20_000; i++) {
			take("t" + i, 2);
		}
		for (int i = 0; i < 32; i++) {
			answer(B, "t" + i, 1, 3, 2);
		}
		assertThat(this.repairs.awaits("t0")).isFalse();
		assertThat(this.repairs.awaits("t19999")).isFalse();
		assertThat(this.asked).hasSize(32);
	}

	@Test
	void aHugeHeadCostsOneQuestionForEachNode() {
		this.repairs.view(List.of(A.node(), B));
		TopicLog log = this.store.log("t");
		assertThat(log).isNotNull();
		log.learn(new WindowState(A, 1, MessagePosition.MAX_NUMBER + 1, MessagePosition.MAX_NUMBER), false);
		this.repairs.missing("t", A.id(), B);
		answer(B, "t", 1, 0);
		answer(A.node(), "t", 1, 0);
		assertThat(this.asked).hasSize(2);
		assertThat(this.repairs.awaits("t")).isFalse();
		assertThat(last("t")).isEqualTo(MessagePosition.MAX_NUMBER);
	}

}
