/**
 * The channels of a node: decides who may connect, and counts what it decides. Sees all
 * rooms of the channels but the transports, which are above it. Its door, and that of all
 * channels, is {@link io.clusterspring.channel.server.ChannelServer}, the one class that
 * auto-configuration constructs.
 */
@NullMarked
package io.clusterspring.channel.server;

import org.jspecify.annotations.NullMarked;
