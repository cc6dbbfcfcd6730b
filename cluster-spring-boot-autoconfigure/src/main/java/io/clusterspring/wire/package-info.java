/**
 * What nodes send each other: frames of several kinds, each with one receiver. Features
 * talk over a {@link io.clusterspring.wire.WireLine} of their own, which no topic and no
 * client can name.
 */
@NullMarked
package io.clusterspring.wire;

import org.jspecify.annotations.NullMarked;
