package io.clusterspring;

/**
 * A change of the cluster's membership, published as a Spring event: in order, one at a
 * time, never on a thread of the engine. As in Erlang's {@code net_kernel}, there are
 * events for the other nodes only, not for this node.
 */
public sealed interface ClusterEvent permits NodeUp, NodeDown {

	/**
	 * Return the node that has joined or left.
	 * @return the node
	 */
	Node node();

	/**
	 * Return the view that brought the change.
	 * @return the first view that shows the change
	 */
	ClusterView view();

}
