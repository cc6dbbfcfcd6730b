package io.clusterspring.failover.decision;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;
import io.clusterspring.failover.StartReason;
import io.clusterspring.failover.time.Moment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Succession}: the exact times that tests with processes can only check
 * with bounds for a busy machine.
 */
class SuccessionTests {

	private static final Node N1 = Node.of("n1@a");

	private static final Node N2 = Node.of("n2@a");

	private static final PlacementRules RULES = PlacementRules
		.of(new Placement(List.of(List.of(N1), List.of(N2)), Duration.ofSeconds(2), Quorum.NONE,
				Placement.DEFAULT_LEASE, Placement.DEFAULT_START_TIMEOUT, Duration.ofSeconds(2)));

	private final Succession succession = new Succession(N2, Duration.ofSeconds(2));

	@Test
	void anOwnerThatIsGoneIsWaitedForUntilTheTimeoutIsOver() {
		learn(0, running(5));
		assertThat(this.succession.isWaiting(at(0))).as("it is there").isFalse();
		learn(10);
		assertThat(this.succession.isWaiting(at(10))).isTrue();
		learn(11.9);
		assertThat(this.succession.isWaiting(at(11.999))).isTrue();
		assertThat(this.succession.isWaiting(at(12))).isFalse();
		assertThat(this.succession.reason(input(12), 6).type()).isEqualTo(StartReason.Type.FAILOVER);
	}

	@Test
	void anOwnerThatHasStoppedItIsNotWaitedFor() {
		learn(0, running(5));
		learn(1, idle(new Succession.LastOwner(N1, 5, true)));
		learn(1);
		assertThat(this.succession.isWaiting(at(1))).isFalse();
	}

	@Test
	void anOwnerThatComesBackAndGoesIsWaitedForAnew() {
		learn(0, running(5));
		learn(10);
		learn(11, idle(null));
		assertThat(this.succession.isWaiting(at(11))).as("it is back").isFalse();
		learn(20);
		assertThat(this.succession.isWaiting(at(21.999))).isTrue();
		assertThat(this.succession.isWaiting(at(22))).isFalse();
	}

	private void learn(double seconds, PeerReport... others) {
		this.succession.learn(input(seconds, others));
	}

	private static DecisionInput input(double seconds, PeerReport... others) {
		List<Node> view = Stream.concat(Stream.of(N2), Stream.of(others).map(PeerReport::node)).toList();
		return new DecisionInput(view, true, List.of(others), 0, null, at(seconds));
	}

	private static PeerReport running(long token) {
		return peer(new Claim(token, 1, Claim.Stage.RUNNING, 0), null);
	}

	private static PeerReport idle(Succession.LastOwner last) {
		return peer(null, last);
	}

	private static PeerReport peer(Claim claim, Succession.LastOwner last) {
		return new PeerReport(N1, 1, false, at(0), 0, new ApplicationReport("app", RULES.placement().toString(),
				Readiness.READY, true, true, claim, null, 0, last, Pins.Pin.NONE, Electorate.of(RULES)));
	}

	private static Moment at(double seconds) {
		return new Moment((long) (seconds * 1e9), 0, (long) (seconds * 1e3));
	}

}
