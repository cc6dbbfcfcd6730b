package io.clusterspring.samples.chat;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterEvent;
import io.clusterspring.Node;
import io.clusterspring.NodeDown;
import io.clusterspring.NodeUp;

/**
 * A change of the cluster for browsers.
 *
 * @param nodes the members after the change, the oldest first
 * @param coordinator the oldest member
 * @param up the node that joined, if any
 * @param down the node that left, if any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NodesChange(List<String> nodes, String coordinator, @Nullable String up, @Nullable String down) {

	static NodesChange of(ClusterEvent event) {
		String node = event.node().toString();
		return new NodesChange(event.view().nodes().stream().map(Node::toString).toList(),
				event.view().coordinator().toString(), (event instanceof NodeUp) ? node : null,
				(event instanceof NodeDown) ? node : null);
	}

}
