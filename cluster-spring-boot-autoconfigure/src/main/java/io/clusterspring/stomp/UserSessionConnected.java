package io.clusterspring.stomp;

import io.clusterspring.Node;

/**
 * A user has connected, on whichever node. A node that joins hears it of everybody who is
 * there already.
 *
 * @param node the node the session is on
 * @param user the user's name
 * @param sessionId the session's id
 */
public record UserSessionConnected(Node node, String user, String sessionId) implements UserSessionEvent {
}
