package io.clusterspring.stomp;

/**
 * A Spring event about a STOMP session without a user, on any node of the cluster. Nodes
 * of a release that did not send these are silent about their anonymous sessions.
 */
public sealed interface AnonymousSessionEvent extends StompSessionEvent
		permits AnonymousSessionConnected, AnonymousSessionDisconnected {

}
