package io.clusterspring.failover.decision;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * The last known owner of an application.
 *
 * @param node the node
 * @param token the token of its start
 * @param released whether the node has stopped the application, and has not just gone
 */
record LastOwner(Node node, long token, boolean released) {

	static @Nullable LastOwner latest(@Nullable LastOwner one, @Nullable LastOwner other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		if (one.token == other.token) {
			return one.released ? one : other;
		}
		return (one.token > other.token) ? one : other;
	}

}
