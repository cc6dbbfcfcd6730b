package io.clusterspring.stomp;

import io.clusterspring.Node;

/**
 * A user's session has ended, on whichever node, or is out of reach with its node.
 *
 * @param node the node the session was on
 * @param user the user's name
 * @param sessionId the session's id
 */
public record UserSessionDisconnected(Node node, String user, String sessionId) implements UserSessionEvent {
}
