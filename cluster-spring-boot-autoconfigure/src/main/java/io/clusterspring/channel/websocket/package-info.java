/**
 * Channels over WebSocket: the handshake, and two ways to move the bytes of a connection,
 * Tomcat's own and a portable one.
 */
@NullMarked
package io.clusterspring.channel.websocket;

import org.jspecify.annotations.NullMarked;
