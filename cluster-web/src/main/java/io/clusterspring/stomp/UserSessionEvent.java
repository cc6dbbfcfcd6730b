package io.clusterspring.stomp;

import io.clusterspring.Node;

/**
 * A Spring event about a user's STOMP session, on any node of the cluster. It is
 * published on every node, one event at a time. Spring's own session events are published
 * only on the node of the session. Sessions without a user have no events.
 */
public sealed interface UserSessionEvent permits UserSessionConnected, UserSessionDisconnected {

	/**
	 * Return the node of the session.
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
