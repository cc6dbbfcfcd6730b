package io.clusterspring;

/**
 * Thrown when a live node of the cluster already has the name of this node.
 */
public class NodeNameTakenException extends RuntimeException {

	private final Node node;

	private final String cluster;

	/**
	 * Create the exception.
	 * @param node the name that is taken
	 * @param cluster the name of the cluster
	 */
	public NodeNameTakenException(Node node, String cluster) {
		super("Node name '" + node + "' is taken by a live node of cluster '" + cluster + "'");
		this.node = node;
		this.cluster = cluster;
	}

	/**
	 * Return the name that is taken.
	 * @return the node
	 */
	public Node node() {
		return this.node;
	}

	/**
	 * Return the name of the cluster.
	 * @return the cluster's name
	 */
	public String cluster() {
		return this.cluster;
	}

}
