package io.clusterspring.samples.chat;

import java.util.List;

import io.clusterspring.Cluster;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;

/**
 * The state of the cluster for browsers.
 *
 * @param self the node that answers
 * @param name the name of the cluster
 * @param nodes the members, the oldest first
 * @param coordinator the oldest member
 */
record ClusterState(String self, String name, List<String> nodes, String coordinator) {

	static ClusterState of(Cluster cluster) {
		ClusterView view = cluster.view();
		return new ClusterState(cluster.self().toString(), cluster.name(),
				view.nodes().stream().map(Node::toString).toList(), view.coordinator().toString());
	}

}
