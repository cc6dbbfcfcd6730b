package io.clusterspring.jgroups;

/**
 * The nodes of the cluster are to have a cookie or TLS, but the transport of the JGroups
 * XML makes connections of its own kind, to which neither applies.
 */
public class UnguardedTransportException extends RuntimeException {

	private final String transport;

	/**
	 * Create the exception.
	 * @param transport what the XML has instead of JGroups' plain TCP
	 */
	public UnguardedTransportException(String transport) {
		super("cluster.cookie and cluster.ssl.bundle need JGroups' plain TCP as transport, not " + transport);
		this.transport = transport;
	}

	/**
	 * Return what the XML has instead of JGroups' plain TCP.
	 * @return the name of the transport
	 */
	public String transport() {
		return this.transport;
	}

}
