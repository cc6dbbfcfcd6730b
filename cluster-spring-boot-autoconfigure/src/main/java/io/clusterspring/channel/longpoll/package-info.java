/**
 * Channels over HTTP requests that wait, for clients that WebSocket does not reach.
 */
@NullMarked
package io.clusterspring.channel.longpoll;

import org.jspecify.annotations.NullMarked;
