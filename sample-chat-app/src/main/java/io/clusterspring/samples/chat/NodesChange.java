package io.clusterspring.samples.chat;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterEvent;
import io.clusterspring.Node;
import io.clusterspring.NodeDown;
import io.clusterspring.NodeUp;

/**
 * A change of the cluster as a browser is told of it.
 *
 * @param nodes the members after the change, the oldest first
 * @param coordinator the oldest member
 * @param up the node that came, if one did
 * @param down the node that left, if one did
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
