package io.clusterspring;

/**
 * A process that did not get in, or did not let this node in.
 *
 * @param address where it is: the host if it came, host and port if this node went there
 * @param reason why the two are not in one cluster
 * @param detail the same for the log
 */
public record RefusedPeer(String address, Reason reason, String detail) {

	/**
	 * Why two processes are not in one cluster.
	 */
	public enum Reason {

		/**
		 * They have different cookies, or only one of them has one.
		 */
		COOKIE,

		/**
		 * They have one cookie, or none, and different cluster names.
		 */
		CLUSTER,

		/**
		 * Only one of them has TLS, or a certificate is not trusted.
		 */
		TLS,

		/**
		 * The certificate of one of them has expired, or is not valid yet.
		 */
		EXPIRED,

		/**
		 * They have different releases, which do not speak with each other.
		 */
		VERSION,

		/**
		 * Something between them passes on what they say.
		 */
		RELAY,

		/**
		 * The other is no node.
		 */
		STRANGER

	}

}
