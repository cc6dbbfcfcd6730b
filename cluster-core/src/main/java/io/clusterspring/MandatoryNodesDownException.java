package io.clusterspring;

import java.util.List;

import org.springframework.util.StringUtils;

/**
 * Thrown when nodes of {@code cluster.sync-nodes-mandatory} were not seen within
 * {@code cluster.sync-nodes-timeout}. The boot fails, as in Erlang.
 */
public class MandatoryNodesDownException extends RuntimeException {

	private final String cluster;

	private final List<Node> missing;

	private final SyncTimeout timeout;

	private final List<RefusedPeer> refused;

	private final List<UnreachedPlace> unreached;

	/**
	 * Create the exception.
	 * @param cluster the name of the cluster
	 * @param missing the nodes that were not seen
	 * @param timeout how long the boot waited
	 * @param refused the processes that were refused, or that refused this node
	 * @param unreached the places where no node was found
	 */
	public MandatoryNodesDownException(String cluster, List<Node> missing, SyncTimeout timeout,
			List<RefusedPeer> refused, List<UnreachedPlace> unreached) {
		super("Mandatory nodes not seen in cluster '" + cluster + "' within " + timeout + ": "
				+ StringUtils.collectionToDelimitedString(missing, ", "));
		this.cluster = cluster;
		this.missing = List.copyOf(missing);
		this.timeout = timeout;
		this.refused = List.copyOf(refused);
		this.unreached = List.copyOf(unreached);
	}

	/**
	 * Return the name of the cluster.
	 * @return the cluster's name
	 */
	public String cluster() {
		return this.cluster;
	}

	/**
	 * Return the nodes that were not seen.
	 * @return the nodes, in the order they are listed
	 */
	public List<Node> missing() {
		return this.missing;
	}

	/**
	 * Return the processes that were refused, or that refused this node. Missing nodes
	 * may be among them.
	 * @return the processes
	 */
	public List<RefusedPeer> refused() {
		return this.refused;
	}

	/**
	 * Return the places where no node was found, and why.
	 * @return the places
	 */
	public List<UnreachedPlace> unreached() {
		return this.unreached;
	}

	/**
	 * Return how long the boot waited.
	 * @return the timeout
	 */
	public SyncTimeout timeout() {
		return this.timeout;
	}

}
