/**
 * Channels over WebSocket: the handshake, and two implementations of connections, one on
 * Tomcat's own API and a portable one.
 */
@NullMarked
package io.clusterspring.channel.websocket;

import org.jspecify.annotations.NullMarked;
