package io.clusterspring.failover.decision;

import java.util.List;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;
import io.clusterspring.failover.time.LeaseTimes;

/**
 * A placement in the form that decisions need.
 *
 * @param listed the nodes that it lists, empty for any node
 * @param required how many votes a claim needs, {@code 0} without a quorum
 * @param times the parts of its lease
 */
record PlacementRules(Placement placement, List<Node> listed, int required, LeaseTimes times) {

	static PlacementRules of(Placement placement) {
		List<Node> listed = placement.nodes().stream().flatMap(List::stream).toList();
		return new PlacementRules(placement, listed, required(placement.quorum(), listed.size()),
				new LeaseTimes(placement.lease(), placement.stopTimeout()));
	}

	private static int required(Quorum quorum, int listed) {
		return switch (quorum.kind()) {
			case NONE -> 0;
			case MAJORITY -> listed / 2 + 1;
			case NUMBER -> quorum.number();
		};
	}

	boolean isLeased() {
		return this.required > 0;
	}

	boolean names(Node node) {
		return this.listed.isEmpty() || this.listed.contains(node);
	}

}
