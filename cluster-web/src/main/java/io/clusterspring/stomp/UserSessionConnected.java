package io.clusterspring.stomp;

import io.clusterspring.Node;

/**
 * Published when a user's session has connected, on any node. A node that joins the
 * cluster publishes it for all existing sessions.
 *
 * @param node the node the session is on
 * @param user the user's name
 * @param sessionId the session's id
 */
public record UserSessionConnected(Node node, String user, String sessionId) implements UserSessionEvent {
}
