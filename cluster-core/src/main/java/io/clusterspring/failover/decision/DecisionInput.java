package io.clusterspring.failover.decision;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.failover.time.Moment;

/**
 * The input of a decision about one application.
 *
 * @param view the nodes, the oldest first
 * @param complete whether all other nodes have answered
 * @param others the reports of the other nodes of the view that know the application
 * @param load how many other applications this node runs
 * @param absence the reason why no application may run on this node, if any
 */
record DecisionInput(List<Node> view, boolean complete, List<PeerReport> others, int load, @Nullable Absence absence,
		Moment now) {

	boolean leaving() {
		return this.absence != null;
	}

	/**
	 * The reason why a node runs no distributed application and accepts no orders. Both
	 * may be true, and the first one is then shown.
	 */
	enum Absence {

		/** The node was evicted from the cluster. */
		EVICTED("another process has the name of this node"),

		/** The node is stopped. */
		LEAVING("this node was told to stop");

		private final String cause;

		Absence(String cause) {
			this.cause = cause;
		}

		String cause() {
			return this.cause;
		}

	}

}
