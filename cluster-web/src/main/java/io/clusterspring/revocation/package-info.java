/**
 * What ends the right to a socket: {@code disconnect} by socket id or by user, and the
 * end of the HTTP session that a socket was opened in. Told to all nodes, remembered for
 * a while, and applied to the sockets of channels and to STOMP sessions alike.
 *
 * <p>
 * A socket that is being opened is in no index yet when a revocation comes. So a
 * revocation is remembered first and applied to the registered sockets then; a socket is
 * registered first and compared with what is remembered then. Whichever comes later sees
 * the other. What counts is when the request of the client has arrived, before any filter
 * has authenticated it: what was revoked later than that closes its socket.
 */
@NullMarked
package io.clusterspring.revocation;

import org.jspecify.annotations.NullMarked;
