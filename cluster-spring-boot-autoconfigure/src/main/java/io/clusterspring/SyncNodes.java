package io.clusterspring;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The nodes a node looks for when it boots, as Erlang's {@code sync_nodes_optional},
 * {@code sync_nodes_mandatory} and {@code sync_nodes_timeout}. A node may list itself.
 *
 * @param optional nodes that are waited for, and then gone on without
 * @param mandatory nodes without which the boot fails
 * @param timeout how long to wait, or {@code null} to look for the nodes but wait for
 * none
 */
public record SyncNodes(List<NodeAddress> optional, List<NodeAddress> mandatory, @Nullable SyncTimeout timeout) {

	public SyncNodes {
		optional = List.copyOf(optional);
		mandatory = List.copyOf(mandatory);
	}

	/**
	 * Return no nodes: the cluster is founded, and others may join.
	 * @return an empty list without a timeout
	 */
	public static SyncNodes none() {
		return new SyncNodes(List.of(), List.of(), null);
	}

	/**
	 * Return all listed nodes, each once, the mandatory ones first. The order is that of
	 * the lists: nodes with the same lists agree on it.
	 * @return where the nodes are looked for
	 */
	public List<NodeAddress> all() {
		return Stream.concat(this.mandatory.stream(), this.optional.stream()).distinct().toList();
	}

}
