package io.clusterspring;

/**
 * Thrown when fewer nodes than {@code cluster.sync-nodes-minimum} were in the cluster
 * within {@code cluster.sync-nodes-timeout}. The boot fails, as without a mandatory node.
 */
public class TooFewNodesException extends RuntimeException {

	private final String cluster;

	private final int present;

	private final int minimum;

	private final SyncTimeout timeout;

	/**
	 * Create the exception.
	 * @param cluster the name of the cluster
	 * @param present the size of the largest view, this node included
	 * @param minimum the smallest number of nodes
	 * @param timeout how long the boot waited
	 */
	public TooFewNodesException(String cluster, int present, int minimum, SyncTimeout timeout) {
		super("Only " + present + " of " + minimum + " nodes seen in cluster '" + cluster + "' within " + timeout);
		this.cluster = cluster;
		this.present = present;
		this.minimum = minimum;
		this.timeout = timeout;
	}

	/**
	 * Return the name of the cluster.
	 * @return the cluster's name
	 */
	public String cluster() {
		return this.cluster;
	}

	/**
	 * Return the size of the largest view, this node included.
	 * @return the number of nodes
	 */
	public int present() {
		return this.present;
	}

	/**
	 * Return the smallest number of nodes.
	 * @return the number of nodes
	 */
	public int minimum() {
		return this.minimum;
	}

	/**
	 * Return how long the boot waited.
	 * @return the timeout
	 */
	public SyncTimeout timeout() {
		return this.timeout;
	}

}
