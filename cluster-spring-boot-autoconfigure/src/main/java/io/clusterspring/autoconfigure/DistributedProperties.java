package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;

/**
 * Properties of a distributed application: {@code cluster.distributed.<name>}.
 *
 * @param nodes Nodes that may run it, in the order of their priority. Nodes of an inner
 * list have the same priority. Without nodes, any node may run it, the oldest first.
 * @param timeout Time to wait for a node that has gone before the application starts on
 * another one.
 * @param quorum Number of nodes that must agree before it runs: 'none', 'majority' or a
 * number.
 * @param lease Time for which a vote is valid, if there is a quorum. A node that has not
 * reached the quorum for this time does not run the application.
 * @param startTimeout Maximum time for the application to start. After that the start is
 * interrupted; when it has returned, another node tries.
 * @param stopTimeout Maximum time for the application to stop. After that the stop is
 * interrupted, and the application counts as stopped.
 */
record DistributedProperties(@DefaultValue List<List<Node>> nodes, @DefaultValue("0s") Duration timeout,
		@DefaultValue("none") Quorum quorum, @DefaultValue("10s") Duration lease,
		@DefaultValue("1m") Duration startTimeout, @DefaultValue("5s") Duration stopTimeout) {

	Placement placement() {
		return new Placement(this.nodes, this.timeout, this.quorum, this.lease, this.startTimeout, this.stopTimeout);
	}

}
