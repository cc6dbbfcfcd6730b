package io.clusterspring.stomp;

import io.clusterspring.Node;

/**
 * A user's STOMP session came or went, on whichever node of the cluster. Published as a
 * Spring event on every node, one at a time; Spring's own session events are published
 * only where the session is. Sessions without a user are not told of.
 */
public sealed interface UserSessionEvent permits UserSessionConnected, UserSessionDisconnected {

	/**
	 * Return the node the session is or was on.
	 * @return the node
	 */
	Node node();

	/**
	 * Return the user.
	 * @return the user's name
	 */
	String user();

	/**
	 * Return the session.
	 * @return the session's id
	 */
	String sessionId();

}
