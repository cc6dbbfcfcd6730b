package io.clusterspring.failover.decision;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.time.Moment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DecisionInput.Absence}: a node on which no application may run.
 */
class AbsenceTests {

	private static final Node N1 = Node.of("n1@a");

	private final FailoverState state = new FailoverState(N1, 1, Map.of("app", Placement.ANYWHERE),
			Duration.ofSeconds(1), at(0));

	private int seconds;

	@Test
	void evictedNodeStopsForAnotherHasItsName() {
		run();
		this.state.evicted(List.of(N1), now());
		assertThat(stopped()).isEqualTo("another process has the name of this node");
	}

	@Test
	void nodeThatIsStoppedSaysSo() {
		run();
		this.state.leave();
		assertThat(stopped()).isEqualTo("this node was told to stop");
	}

	@Test
	void ordersToAnEvictedNodeAreNotInForceWhenItIsBack() {
		run();
		this.state.evicted(List.of(N1), now());
		this.state.settle(now());
		assertThat(this.state.permit("app", false)).isFalse();
		assertThat(this.state.move("app", N1, now())).isFalse();
		this.state.viewChanged(List.of(N1), now());
		ApplicationReport report = this.state.reports("app", now()).get(N1);
		assertThat(report.permitted()).isTrue();
		assertThat(report.pin().node()).isNull();
		assertThat(this.state.move("app", N1, now())).isTrue();
		assertThat(this.state.permit("app", false)).isTrue();
	}

	@Test
	void ordersToAStoppedNodeAreNotInForceWhenItStarts() {
		run();
		this.state.leave();
		assertThat(this.state.permit("app", false)).isFalse();
		assertThat(this.state.move("app", N1, now())).isFalse();
		this.state.host(Set.of("app"));
		assertThat(this.state.permit("app", false)).isTrue();
	}

	private void run() {
		this.state.viewChanged(List.of(N1), now());
		this.state.host(Set.of("app"));
		for (int steps = 0; steps < 30 && this.state.isIdle(); steps++) {
			this.state.settle(now());
		}
		assertThat(this.state.isIdle()).isFalse();
	}

	private String stopped() {
		return this.state.settle(now())
			.stream()
			.filter(Effect.Stop.class::isInstance)
			.map((effect) -> ((Effect.Stop) effect).cause())
			.findFirst()
			.orElseThrow();
	}

	private Moment now() {
		return at(++this.seconds);
	}

	private static Moment at(int seconds) {
		return new Moment(seconds * 1_000_000_000L, 0, seconds * 1000L);
	}

}
