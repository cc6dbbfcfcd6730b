package io.clusterspring.channel.socket;

import java.util.Locale;

/**
 * How a refresh of a socket's right has ended. Each outcome has its own count in the
 * meter {@code cluster.channels.refreshes}.
 */
public enum RefreshOutcome {

	/** The socket has the new user, attributes and deadline. */
	OK,

	/** A {@code SocketAuthorizer} has refused it or failed. */
	UNAUTHORIZED,

	/** It names another user than the one of the socket, or without a user another id. */
	OTHER_USER,

	/** Its own deadline is over. */
	EXPIRED,

	/** Its payload cannot be read. */
	INVALID_PAYLOAD,

	/** Its payload is larger than that of a join may be. */
	PAYLOAD_TOO_LARGE,

	/** The socket does not end by itself, so there is nothing to refresh. */
	NO_DEADLINE,

	/** The one before it is still under way. */
	UNDER_WAY;

	/**
	 * Return the outcome as the value of a meter's tag.
	 * @return the outcome in lower case
	 */
	public String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the outcome as the reason that a client gets.
	 * @return the words
	 */
	String reason() {
		return tag().replace('_', ' ');
	}

}
