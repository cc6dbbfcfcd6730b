package io.clusterspring.stomp;

import io.clusterspring.Node;

/**
 * Published when a session without a user has ended, on any node, or when its node has
 * left the cluster.
 *
 * @param node the node the session was on
 * @param sessionId the session's id
 */
public record AnonymousSessionDisconnected(Node node, String sessionId) implements AnonymousSessionEvent {
}
