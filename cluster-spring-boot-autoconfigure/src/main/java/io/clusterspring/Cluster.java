package io.clusterspring;

/**
 * The cluster this application is a node of. A bean of this type is there as soon as the
 * starter is; it is formed during context refresh, before the web server takes requests.
 * All methods are thread-safe and return at once.
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
	 * Return the present view. Before the cluster is joined, and after it is left, it
	 * holds this node alone.
	 * @return the view
	 */
	ClusterView view();

}
