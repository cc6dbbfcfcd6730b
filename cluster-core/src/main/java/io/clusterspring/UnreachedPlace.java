package io.clusterspring;

import java.util.Locale;

/**
 * A place where the last search found no node.
 *
 * @param place the host and port, or the whole range of ports
 * @param cause why there was no connection
 * @param detail the cause as a sentence for the log
 */
public record UnreachedPlace(String place, Cause cause, String detail) {

	/**
	 * The cause of a missing connection. The causes that tell an operator most come
	 * first.
	 */
	public enum Cause {

		/** The other end has another cookie, or only one of the two has one. */
		COOKIE,

		/** The other end is a node of another cluster. */
		CLUSTER,

		/** Only one of the two has TLS, or a certificate is not trusted. */
		TLS,

		/** The certificate of one of the two has expired, or is not valid yet. */
		EXPIRED,

		/** The release of the other end is not compatible. */
		VERSION,

		/** The node that answers is not the node of this address. */
		RELAY,

		/** The process that listens there is not a node. */
		STRANGER,

		/** The other end closes the connection. */
		HUNG_UP,

		/** The other end accepts the connection and sends nothing. */
		SILENT,

		/** The host has no address. */
		UNKNOWN_HOST,

		/** No answer comes, not even a refusal. */
		TIMED_OUT,

		/** There is no route to the host. */
		UNREACHABLE,

		/** Something else failed. */
		OTHER,

		/** Nobody listens there. */
		REFUSED,

		/** The lookup of the nodes' addresses failed. */
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
