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
 * @param nodes Nodes that may run it, in the order of their priority; those of an inner
 * list have no order among themselves. Any node, the oldest first, if there is none.
 * @param timeout Time to wait for a node that is gone to come back, before the
 * application starts on another one.
 * @param quorum How many of the nodes have to agree that it runs: 'none', 'majority' or a
 * number.
 * @param lease Time for which they agree, if there is a quorum. Nothing runs on a node
 * that has not reached enough of them for as long.
 * @param startTimeout Maximum time for the application to start; then it is interrupted,
 * and tried elsewhere once it has come back.
 * @param stopTimeout Maximum time for the application to stop; then it is interrupted,
 * and taken as stopped.
 */
public record DistributedProperties(@DefaultValue List<List<Node>> nodes, @DefaultValue("0s") Duration timeout,
		@DefaultValue("none") Quorum quorum, @DefaultValue("10s") Duration lease,
		@DefaultValue("1m") Duration startTimeout, @DefaultValue("5s") Duration stopTimeout) {

	Placement placement() {
		return new Placement(this.nodes, this.timeout, this.quorum, this.lease, this.startTimeout, this.stopTimeout);
	}

}
