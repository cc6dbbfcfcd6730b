package io.clusterspring.failover.decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;
import io.clusterspring.failover.time.Moment;

import static org.assertj.core.api.Assertions.assertThat;

class PlacementCheckTests {

	private static final Node N1 = Node.of("n1@local");

	private static final Node N2 = Node.of("n2@local");

	private static final Node N3 = Node.of("n3@local");

	private static final Placement NONE = placement(Quorum.NONE, Duration.ZERO, N1, N2, N3);

	private static final Placement MAJORITY = placement(Quorum.MAJORITY, Duration.ZERO, N1, N2, N3);

	private final List<String> warnings = new ArrayList<>();

	private final PlacementCheck check = new PlacementCheck("app", PlacementRules.of(NONE));

	@Test
	void aQuorumIsStrongerThanNone() {
		assertThat(stronger(MAJORITY, NONE)).isTrue();
		assertThat(stronger(NONE, MAJORITY)).isFalse();
		assertThat(stronger(placement(Quorum.of(3), Duration.ZERO, N1, N2, N3), MAJORITY)).isTrue();
	}

	@Test
	void ofSeveralListsWithAQuorumOneIsTheStronger() {
		Placement other = placement(Quorum.MAJORITY, Duration.ZERO, N1, N2);
		assertThat(stronger(MAJORITY, other)).isNotEqualTo(stronger(other, MAJORITY));
	}

	@Test
	void otherPropertiesDoNotMakeAPlacementStronger() {
		Placement later = placement(Quorum.MAJORITY, Duration.ofSeconds(5), N1, N2, N3);
		assertThat(stronger(MAJORITY, later)).isFalse();
		assertThat(stronger(later, MAJORITY)).isFalse();
		assertThat(stronger(NONE, placement(Quorum.NONE, Duration.ZERO, N1))).isFalse();
	}

	@Test
	void placementThatRequiresMoreVotesCountsAlsoOnAYoungerNode() {
		check(true, peer(N2, MAJORITY, false));
		assertThat(this.check.refusal()).contains("n2@local requires more votes", "quorum majority", "quorum none");
		assertThat(this.check.isWeaker()).isTrue();
	}

	@Test
	void itIsNotForgottenBehindAPartition() {
		check(true, peer(N2, MAJORITY, false));
		check(true);
		assertThat(this.check.refusal()).contains("n2@local requires more votes");
	}

	@Test
	void itIsForgottenWhenItHasLeftOrChanged() {
		check(true, peer(N2, MAJORITY, false));
		check(true, peer(N2, MAJORITY, true));
		assertThat(this.check.isWeaker()).isFalse();
		check(true, peer(N2, MAJORITY, false));
		check(true, peer(N2, NONE, false));
		assertThat(this.check.refusal()).isNull();
	}

	@Test
	void aDifferenceIsLoggedOnceForEachNode() {
		check(true, peer(N2, MAJORITY, false));
		check(true);
		check(true, peer(N2, MAJORITY, false), peer(N3, MAJORITY, false));
		check(true, peer(N2, MAJORITY, false), peer(N3, MAJORITY, false));
		assertThat(this.warnings).hasSize(3)
			.satisfiesExactly((said) -> assertThat(said).contains("on n2@local differs from that of this node"),
					(said) -> assertThat(said)
						.contains("'app' does not run on this node: n2@local requires more votes"),
					(said) -> assertThat(said).contains("on n3@local differs from that of this node"));
	}

	@Test
	void amongEqualPlacementsTheOldestNodesCountsOnceAllHaveAnswered() {
		PeerReport oldest = peer(N2, placement(Quorum.NONE, Duration.ofSeconds(5), N1), false);
		this.check.check(input(false, oldest), oldest, (effect) -> {
		});
		assertThat(this.check.refusal()).isNull();
		this.check.check(input(true, oldest), oldest, (effect) -> {
		});
		assertThat(this.check.refusal()).contains("differs from that of n2@local, which counts");
		assertThat(this.check.isWeaker()).isFalse();
	}

	private void check(boolean complete, PeerReport... others) {
		PeerReport own = peer(N1, NONE, false);
		PeerReport measure = new Participants(PlacementRules.of(NONE), NONE.toString(), List.of(N1, N2, N3), own,
				List.of(others))
			.measure();
		this.check.check(input(complete, others), measure,
				(effect) -> this.warnings.add(((Effect.Warn) effect).message()));
	}

	private static DecisionInput input(boolean complete, PeerReport... others) {
		List<Node> view = Stream.concat(Stream.of(N1), Stream.of(others).map(PeerReport::node)).toList();
		return new DecisionInput(view, complete, List.of(others), 0, null, Moment.ZERO);
	}

	private static boolean stronger(Placement one, Placement other) {
		return electorate(one).isStrongerThan(electorate(other));
	}

	private static Electorate electorate(Placement placement) {
		return Electorate.of(PlacementRules.of(placement));
	}

	private static PeerReport peer(Node node, Placement placement, boolean leaving) {
		return new PeerReport(node, 1, leaving, Moment.ZERO, 0, new ApplicationReport("app", placement.toString(),
				Readiness.READY, true, true, null, null, 0, null, Pins.Pin.NONE, electorate(placement)));
	}

	private static Placement placement(Quorum quorum, Duration timeout, Node... nodes) {
		return new Placement(Stream.of(nodes).map(List::of).toList(), timeout, quorum, Placement.DEFAULT_LEASE,
				Placement.DEFAULT_START_TIMEOUT, Placement.DEFAULT_STOP_TIMEOUT);
	}

}
