package io.clusterspring.failover;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * What a node knows of one application when it decides.
 *
 * @param view the nodes, the oldest first
 * @param complete whether all of them have answered
 * @param others the other nodes of the view that know the application
 * @param load how many other applications this node runs
 * @param absence why nothing is to run on this node, if so
 * @param now the present moment
 */
record Surroundings(List<Node> view, boolean complete, List<Sighting> others, int load, @Nullable Absence absence,
		Moment now) {

	boolean leaving() {
		return this.absence != null;
	}

}
