package io.clusterspring;

import java.util.Locale;

/**
 * A place where another node was looked for in vain the last time.
 *
 * @param place the host and port, or the whole range of ports
 * @param cause why there was no connection
 * @param detail the same for the log
 */
public record UnreachedPlace(String place, Cause cause, String detail) {

	/**
	 * Why there is no connection, the causes that say most first.
	 */
	public enum Cause {

		/**
		 * The other end has another cookie, or only one of the two has one.
		 */
		COOKIE,

		/**
		 * The other end is a node of another cluster.
		 */
		CLUSTER,

		/**
		 * Only one of the two has TLS, or a certificate is not trusted.
		 */
		TLS,

		/**
		 * The certificate of one of the two has expired, or is not valid yet.
		 */
		EXPIRED,

		/**
		 * The other end has a release that this node does not speak with.
		 */
		VERSION,

		/**
		 * The node that answers is not the one that is at this address.
		 */
		RELAY,

		/**
		 * What listens there is no node.
		 */
		STRANGER,

		/**
		 * The other end hangs up.
		 */
		HUNG_UP,

		/**
		 * The other end takes connections and says nothing.
		 */
		SILENT,

		/**
		 * The host has no address.
		 */
		UNKNOWN_HOST,

		/**
		 * Nothing comes back, not even a refusal.
		 */
		TIMED_OUT,

		/**
		 * There is no way to the host.
		 */
		UNREACHABLE,

		/**
		 * Something else failed.
		 */
		OTHER,

		/**
		 * Nobody listens there.
		 */
		REFUSED,

		/**
		 * It is not known where nodes are, since the lookup failed.
		 */
		LOOKUP;

		/**
		 * Return the cause in lower case, with a hyphen between words.
		 * @return the name for operators
		 */
		public String label() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
