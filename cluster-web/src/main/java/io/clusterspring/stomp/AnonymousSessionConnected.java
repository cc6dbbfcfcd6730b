package io.clusterspring.stomp;

import io.clusterspring.Node;

/**
 * Published when a session without a user has connected, on any node. A node that joins
 * the cluster publishes it for all existing sessions.
 *
 * @param node the node the session is on
 * @param sessionId the session's id
 */
public record AnonymousSessionConnected(Node node, String sessionId) implements AnonymousSessionEvent {
}
