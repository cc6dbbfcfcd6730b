package io.clusterspring;

import java.util.Locale;

/**
 * A process that this node has refused, or that has refused this node.
 *
 * @param address the host if the process connected to this node; host and port if this
 * node connected to it
 * @param reason why the two are not in one cluster
 * @param detail the reason as a sentence for the log
 */
public record RefusedPeer(String address, Reason reason, String detail) {

	/** The reason why two processes are not in one cluster. */
	public enum Reason {

		/** They have different cookies, or only one of them has one. */
		COOKIE,

		/** They have the same cookie, or none, and different cluster names. */
		CLUSTER,

		/** Only one of them has TLS, or a certificate is not trusted. */
		TLS,

		/** The certificate of one of them has expired, or is not valid yet. */
		EXPIRED,

		/** Their releases are not compatible. */
		VERSION,

		/** Something between them relays their messages. */
		RELAY,

		/** The other process is not a node. */
		STRANGER;

		/**
		 * Return the reason in lower case.
		 * @return the name for operators
		 */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
