/**
 * Phoenix Channels: clients join topics, send events to handlers and get replies, pushes
 * and broadcasts, over any transport.
 */
@NullMarked
package io.clusterspring.channel;

import org.jspecify.annotations.NullMarked;
