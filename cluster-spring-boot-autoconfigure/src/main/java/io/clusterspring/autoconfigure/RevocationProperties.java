package io.clusterspring.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of how sockets and STOMP sessions are closed that lose their right.
 *
 * @param capacity Maximum number of disconnects and ends of HTTP sessions, of all nodes,
 * that a node remembers. Beyond that it forgets the oldest ones, and a socket that was
 * being opened since then is closed.
 * @param retention Time for which a node remembers them: a socket that is being opened
 * meanwhile is closed, and a node that joins is told of them. A socket that takes longer
 * to open is closed.
 */
record RevocationProperties(@DefaultValue("10000") int capacity, @DefaultValue("60s") Duration retention) {
}
