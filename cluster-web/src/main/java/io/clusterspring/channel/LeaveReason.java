package io.clusterspring.channel;

/**
 * The reason why a channel has ended: the reason of Phoenix's {@code terminate/2}. Later
 * releases may add reasons.
 */
public enum LeaveReason {

	/** The client has left the topic. */
	LEFT,

	/** The client has joined the topic again; the new channel replaces this one. */
	REJOINED,

	/** The application has closed the channel, by {@link Channel#close}. */
	CLOSED,

	/**
	 * The application has closed the socket, by {@link Channels#disconnect} or
	 * {@link Channels#disconnectUser}, or the client's HTTP session has ended.
	 */
	DISCONNECTED,

	/** The right of the client to be connected has ended. */
	EXPIRED,

	/** The client has closed its connection, or the connection was lost. */
	CONNECTION_CLOSED,

	/** The client was silent, did not read or did not poll for too long. */
	TIMED_OUT,

	/** The client has exceeded a limit that closes its socket. */
	LIMIT_REACHED,

	/** The node stops, or sends its clients to other nodes. */
	NODE_STOPS,

	/**
	 * A method of the handler or a task has failed, or a message of the client could not
	 * be handled.
	 */
	FAILED

}
