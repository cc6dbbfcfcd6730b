package io.clusterspring;

/**
 * Thrown when this node cannot listen on its host and ports: the host is not an address
 * of this machine, or every port of the range is taken.
 */
public class NodeBindException extends RuntimeException {

	private final Node node;

	private final String host;

	private final int firstPort;

	private final int lastPort;

	/**
	 * Create the exception.
	 * @param node this node
	 * @param host the address, host name or network interface
	 * @param firstPort the first port that was tried
	 * @param lastPort the last port that was tried
	 * @param cause the error of the operating system
	 */
	public NodeBindException(Node node, String host, int firstPort, int lastPort, Throwable cause) {
		super("Node '" + node + "' cannot listen on host '" + host + "', ports " + firstPort + " to " + lastPort,
				cause);
		this.node = node;
		this.host = host;
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
	 * Return the host on which the node cannot listen.
	 * @return the address, host name or network interface
	 */
	public String host() {
		return this.host;
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
