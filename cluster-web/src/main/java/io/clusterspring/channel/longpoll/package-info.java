/**
 * Channels over long polling, for clients that cannot use WebSocket.
 */
@NullMarked
package io.clusterspring.channel.longpoll;

import org.jspecify.annotations.NullMarked;
