package io.clusterspring;

/**
 * This node cannot listen where its name says: the host is not an address of this
 * machine, or every port it may use is taken.
 */
public class NodeBindException extends RuntimeException {

	private final Node node;

	private final int firstPort;

	private final int lastPort;

	/**
	 * Create the exception.
	 * @param node this node
	 * @param firstPort the first port that was tried
	 * @param lastPort the last port that was tried
	 * @param cause what the operating system said
	 */
	public NodeBindException(Node node, int firstPort, int lastPort, Throwable cause) {
		super("Node '" + node + "' cannot listen on host '" + node.host() + "', ports " + firstPort + " to " + lastPort,
				cause);
		this.node = node;
		this.firstPort = firstPort;
		this.lastPort = lastPort;
	}

	/**
	 * Return the node that cannot listen.
	 * @return this node
	 */
	public Node node() {
		return this.node;
	}

	/**
	 * Return the first port that was tried.
	 * @return the port
	 */
	public int firstPort() {
		return this.firstPort;
	}

	/**
	 * Return the last port that was tried.
	 * @return the port
	 */
	public int lastPort() {
		return this.lastPort;
	}

}
