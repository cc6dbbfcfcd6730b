package io.clusterspring;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * The nodes a node looks for when it boots, as Erlang's {@code sync_nodes_optional},
 * {@code sync_nodes_mandatory} and {@code sync_nodes_timeout}. A node may list itself.
 *
 * @param optional nodes that are waited for, and then gone on without
 * @param mandatory nodes without which the boot fails
 * @param timeout how long to wait, or {@code null} to look for the nodes but wait for
 * none
 * @param minimum the number of nodes, this one included, that have to be in the cluster
 * at once for the boot to go on; {@code 0} or {@code 1} for any
 */
public record SyncNodes(List<NodeAddress> optional, List<NodeAddress> mandatory, @Nullable SyncTimeout timeout,
		int minimum) {

	public SyncNodes {
		Assert.isTrue(minimum >= 0, "The minimum number of nodes is not negative");
		optional = List.copyOf(optional);
		mandatory = List.copyOf(mandatory);
	}

	/**
	 * Wait for named nodes only.
	 * @param optional nodes that are waited for, and then gone on without
	 * @param mandatory nodes without which the boot fails
	 * @param timeout how long to wait, or {@code null} to wait for none
	 */
	public SyncNodes(List<NodeAddress> optional, List<NodeAddress> mandatory, @Nullable SyncTimeout timeout) {
		this(optional, mandatory, timeout, 0);
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
