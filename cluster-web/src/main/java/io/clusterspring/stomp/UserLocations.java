package io.clusterspring.stomp;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * The nodes of users and their sessions: whether a session is on this node, and which
 * other nodes have sessions of a user.
 */
interface UserLocations {

	// the session may be anonymous
	boolean isLocal(String sessionId);

	boolean isLocal(String user, String sessionId);

	/**
	 * Return the other node that has a session of a user.
	 * @param user the user's name
	 * @return the node, or {@code null} if no other node is known to have it
	 */
	@Nullable Node nodeOf(String user, String sessionId);

	Set<Node> nodesOf(String user);

}
