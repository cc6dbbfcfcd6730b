package io.clusterspring;

/**
 * A change of the cluster's membership, published as a plain Spring event: in order, one
 * at a time, never on a thread of the engine. As Erlang's {@code net_kernel} does, a node
 * hears of the others only, not of itself.
 */
public sealed interface ClusterEvent permits NodeUp, NodeDown {

	/**
	 * Return the node that came or went.
	 * @return the node
	 */
	Node node();

	/**
	 * Return the view in which it did.
	 * @return the first view that shows the change
	 */
	ClusterView view();

}
