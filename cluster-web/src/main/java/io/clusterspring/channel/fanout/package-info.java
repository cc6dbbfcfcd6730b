/**
 * Fan-out: delivers the broadcasts of each topic to its members on this node, encoded
 * once for all members with the same version of the protocol. Sees the package of the
 * channels and the protocol. The life of a channel is above: it implements
 * {@link io.clusterspring.channel.fanout.Member}, joins and leaves.
 */
@NullMarked
package io.clusterspring.channel.fanout;

import org.jspecify.annotations.NullMarked;
