package io.clusterspring.stomp;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * Where a message crosses to.
 *
 * @param nodes the nodes, {@code null} for all others
 * @param sessionId the session it is meant for, if it is for one only
 */
record Crossing(@Nullable Set<Node> nodes, @Nullable String sessionId) {

	/**
	 * To all other nodes.
	 */
	static final Crossing EVERYWHERE = new Crossing(null, null);

}
