/**
 * The frames that nodes send each other. Each kind of frames has one receiver. Each
 * feature has a {@link io.clusterspring.wire.WireLine} of its own, which cannot be
 * reached through a topic or by a client.
 */
@NullMarked
package io.clusterspring.wire;

import org.jspecify.annotations.NullMarked;
