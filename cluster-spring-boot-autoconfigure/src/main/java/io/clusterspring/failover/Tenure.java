package io.clusterspring.failover;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * Who ran an application last, as far as is known.
 *
 * @param node the node
 * @param token the token it started with
 * @param released whether it has stopped it, and not just gone
 */
record Tenure(Node node, long token, boolean released) {

	static @Nullable Tenure latest(@Nullable Tenure one, @Nullable Tenure other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		if (one.token == other.token) {
			return one.released ? one : other;
		}
		return (one.token > other.token) ? one : other;
	}

}
