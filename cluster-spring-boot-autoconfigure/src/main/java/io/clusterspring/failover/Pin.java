package io.clusterspring.failover;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * Where an application was moved to by hand.
 *
 * @param node the node, {@code null} once that is over
 * @param stamp the greatest one holds
 */
record Pin(@Nullable Node node, long stamp) {

	static final Pin NONE = new Pin(null, 0);

}
