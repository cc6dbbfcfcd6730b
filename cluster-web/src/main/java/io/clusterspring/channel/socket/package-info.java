/**
 * The life of one socket and its channels: a socket routes the messages of a client to
 * its channels; a channel is joined, handles messages, and ends. Sees the fan-out and the
 * limits; transports implement {@link io.clusterspring.channel.socket.SocketConnection}
 * and call {@link io.clusterspring.channel.socket.SocketSession}. Its door is
 * {@link io.clusterspring.channel.socket.Sockets}.
 */
@NullMarked
package io.clusterspring.channel.socket;

import org.jspecify.annotations.NullMarked;
