package io.clusterspring.stomp;

import io.clusterspring.Node;

/**
 * Published when a user's session has ended, on any node, or when its node has left the
 * cluster.
 *
 * @param node the node the session was on
 * @param user the user's name
 * @param sessionId the session's id
 */
public record UserSessionDisconnected(Node node, String user, String sessionId) implements UserSessionEvent {
}
