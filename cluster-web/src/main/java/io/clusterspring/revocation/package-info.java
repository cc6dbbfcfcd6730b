/**
 * Revocations end the right to a socket: {@code disconnect} by socket id or by user, and
 * the end of the HTTP session that a socket was opened in. All nodes are told of them,
 * remember them for a while, and apply them to the sockets of channels and to STOMP
 * sessions alike.
 *
 * <p>
 * A socket that is being opened is in no index yet when a revocation comes. So a
 * revocation is remembered first and applied to the registered sockets then; a socket is
 * registered first and compared with the remembered revocations then. The later one of
 * the two sees the other. The moment that counts is the arrival of the client's request,
 * before any filter has authenticated it: a later revocation closes the socket.
 */
@NullMarked
package io.clusterspring.revocation;

import org.jspecify.annotations.NullMarked;
