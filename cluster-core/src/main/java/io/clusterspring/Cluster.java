package io.clusterspring;

/**
 * The cluster to which this application belongs. The starter registers a bean of this
 * type. The node joins the cluster during context refresh, before the web server takes
 * requests. All methods are thread-safe and return at once.
 */
public interface Cluster {

	/**
	 * Return the name of the cluster; only nodes that agree on it find each other.
	 * @return the name
	 */
	String name();

	/**
	 * Return this node.
	 * @return the node
	 */
	Node self();

	/**
	 * Return the present view. Before this node has joined, and after it has left, the
	 * view holds this node alone.
	 * @return the view
	 */
	ClusterView view();

}
