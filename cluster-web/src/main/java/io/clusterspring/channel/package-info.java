/**
 * Phoenix Channels: clients join topics, send events to handlers and get replies, pushes
 * and broadcasts, over any transport. This package is what applications import, with the
 * types that need its private parts: replies, routes, and the decision about a socket.
 * The rooms, each of which may see those below it:
 *
 * <pre>
 * websocket, longpoll   how the bytes of a client move
 * http                  the HTTP request of a client
 * server                who may connect; the door
 * socket                the life of one socket and its channels
 * fanout                broadcasts to the members of a topic     controller  annotations
 * (this package)        what applications import
 * protocol              messages between a client and a channel  limit       limits
 * </pre>
 */
@NullMarked
package io.clusterspring.channel;

import org.jspecify.annotations.NullMarked;
