package io.clusterspring.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of HTTP sessions.
 *
 * @param closeSockets Whether the end of an HTTP session, such as a logout, closes the
 * sockets and STOMP sessions that were opened in it, on all nodes.
 */
record SessionProperties(@DefaultValue("true") boolean closeSockets) {
}
