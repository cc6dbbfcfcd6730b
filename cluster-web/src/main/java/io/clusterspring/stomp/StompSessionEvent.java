package io.clusterspring.stomp;

import io.clusterspring.Node;

/**
 * A Spring event about a STOMP session, on any node of the cluster. It is published on
 * every node, one event at a time. Spring's own session events are published only on the
 * node of the session.
 */
public sealed interface StompSessionEvent permits UserSessionEvent, AnonymousSessionEvent {

	/**
	 * Return the node of the session.
	 * @return the node
	 */
	Node node();

	/**
	 * Return the session.
	 * @return the session's id
	 */
	String sessionId();

}
