package io.clusterspring;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * The nodes that a node waits for when it boots, as Erlang's {@code sync_nodes_optional},
 * {@code sync_nodes_mandatory} and {@code sync_nodes_timeout}. A node may list itself.
 *
 * @param optional nodes whose absence is accepted after the timeout
 * @param mandatory nodes without which the boot fails
 * @param timeout how long to wait; {@code null} or zero to search the nodes without
 * waiting
 * @param minimum the number of nodes, this one included, that must be in the cluster at
 * the same time; {@code 0} or {@code 1} for no minimum
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
	 * @param optional nodes whose absence is accepted after the timeout
	 * @param mandatory nodes without which the boot fails
	 * @param timeout how long to wait, or {@code null} not to wait
	 */
	public SyncNodes(List<NodeAddress> optional, List<NodeAddress> mandatory, @Nullable SyncTimeout timeout) {
		this(optional, mandatory, timeout, 0);
	}

	/**
	 * Return an empty list: the node does not wait.
	 * @return no nodes, without a timeout
	 */
	public static SyncNodes none() {
		return new SyncNodes(List.of(), List.of(), null);
	}

	/**
	 * Return whether the boot waits for nodes.
	 * @return {@code true} if there is a timeout, other than zero
	 */
	public boolean isWaiting() {
		return this.timeout != null && !this.timeout.isZero();
	}

	/**
	 * Return all listed nodes, each once, the mandatory ones first, in the order of the
	 * lists. Nodes with the same lists get the same order.
	 * @return the addresses of the nodes
	 */
	public List<NodeAddress> all() {
		return Stream.concat(this.mandatory.stream(), this.optional.stream()).distinct().toList();
	}

	/**
	 * The state or the result of the wait at boot.
	 *
	 * @param waiting whether the node still waits
	 * @param listed the nodes that are waited for by name, empty without a timeout
	 * @param missing the listed nodes that have not been seen
	 * @param minimum the minimum number of nodes, this one included; {@code 0} for no
	 * minimum
	 * @param most the size of the largest view, this node included
	 * @param waited how long the wait took, or has taken so far
	 */
	public record SyncReport(boolean waiting, List<Node> listed, List<Node> missing, int minimum, int most,
			Duration waited) {
	}

}
