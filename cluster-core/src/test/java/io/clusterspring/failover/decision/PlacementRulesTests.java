package io.clusterspring.failover.decision;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;

import static org.assertj.core.api.Assertions.assertThat;

class PlacementRulesTests {

	private static final Node N1 = Node.of("n1@a");

	private static final Node N2 = Node.of("n2@a");

	private static final Node N3 = Node.of("n3@a");

	@ParameterizedTest
	@CsvSource({ "none, 0", "majority, 2", "2, 2", "3, 3", "MAJORITY, 2" })
	void quorumsAreCountedOfTheListedNodes(String quorum, int required) {
		PlacementRules rules = PlacementRules
			.of(new Placement(List.of(List.of(N1), List.of(N2, N3)), Duration.ZERO, Quorum.of(quorum),
					Placement.DEFAULT_LEASE, Placement.DEFAULT_START_TIMEOUT, Placement.DEFAULT_STOP_TIMEOUT));
		assertThat(rules.required()).isEqualTo(required);
		assertThat(rules.isLeased()).isEqualTo(required > 0);
	}

	@Test
	void withoutAListEachNodeCounts() {
		assertThat(PlacementRules.of(Placement.ANYWHERE).names(N1)).isTrue();
		assertThat(PlacementRules.of(Placement.ANYWHERE).listed()).isEmpty();
	}

}
