package io.clusterspring.benchmarks.chaos;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Deliveries}.
 */
class DeliveriesTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final Span TIME = new Span(10 * SECOND, 100 * SECOND);

	private static final Deliveries NOTHING = new Deliveries(new Timeline(List.of()), Map.of());

	private final Lives n1 = Lives.of("n1").up("n2", SECOND, "n1", "n2");

	private final Lives n2 = Lives.of("n2").up("n1", SECOND, "n1", "n2");

	@Test
	void messagesThatAreMissingBetweenNodesInOneViewAreLost() {
		MessageFigures figures = figures(gap(20, 22));
		assertThat(figures.lost()).isEqualTo(5);
		assertThat(figures.silence()).isEqualTo(2 * SECOND);
		assertThat(figures.received()).isEqualTo(20);
	}

	@Test
	void messagesThatAreMissingWhileEitherHadLostTheOtherAreNot() {
		this.n1.down("n2", 21 * SECOND, "n1").up("n2", 25 * SECOND, "n1", "n2");
		assertThat(figures(gap(20, 22)).lost()).isZero();
		assertThat(figures(gap(20, 22)).silence()).isZero();
		assertThat(figures(gap(30, 32)).lost()).isEqualTo(5);
	}

	@Test
	void messagesThatWereSentWhileEitherHadLostTheOtherAreNotLostThoughTheOnesBeforeCameLate() {
		this.n2.down("n1", 21 * SECOND, "n2").up("n1", 25 * SECOND, "n1", "n2");
		assertThat(figures(new Break(20 * SECOND, 28 * SECOND, 28 * SECOND + 1, 7, 5)).lost()).isZero();
	}

	@Test
	void whatWasCountedBeforeIsNotCountedAgain() {
		Deliveries before = deliveries(gap(5, 6));
		MessageFigures figures = deliveries(gap(5, 6)).since(before, TIME);
		assertThat(figures).isEqualTo(MessageFigures.NONE);
	}

	@Test
	void whatDidNotComeInTheEndIsLost() {
		Deliveries deliveries = new Deliveries(timeline(),
				Map.of(1L, new NodeState(30, List.of(), Map.of()), 2L, heard(gap(5, 6))));
		assertThat(deliveries.isComplete()).isFalse();
		assertThat(deliveries.since(NOTHING, TIME).lost()).as("of n1 by n1, who never heard any, and by n2")
			.isEqualTo(30 + 10);
	}

	@Test
	void lossesAreToldByWhomAndWhen() {
		assertThat(deliveries(gap(20, 22)).losses(TIME))
			.containsExactly("n2 lost 5 messages of n1 between 10000 and 12000 ms");
	}

	private MessageFigures figures(Break gap) {
		Deliveries deliveries = deliveries(gap);
		assertThat(deliveries.isComplete()).isTrue();
		return deliveries.since(NOTHING, TIME);
	}

	private Deliveries deliveries(Break gap) {
		return new Deliveries(timeline(), Map.of(2L, heard(gap)));
	}

	private Timeline timeline() {
		return new Timeline(List.of(this.n1.life(), this.n2.life()));
	}

	private static Break gap(long from, long to) {
		return new Break(from * SECOND, from * SECOND, to * SECOND, 7, 5);
	}

	private static NodeState heard(Break gap) {
		Heard heard = new Heard("n1", 1, 20, 2 * SECOND, 19, 0, 0, 0, List.of(gap));
		return new NodeState(0, List.of(heard), Map.of());
	}

}
