package io.clusterspring.stomp;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * The nodes of users and their sessions.
 */
interface UserLocations {

	/**
	 * Return whether a session, of a user or anonymous, is on this node.
	 * @param sessionId the session
	 * @return {@code true} if it is
	 */
	boolean isLocal(String sessionId);

	/**
	 * Return whether a session of a user is on this node.
	 * @param user the user's name
	 * @param sessionId the session
	 * @return {@code true} if it is on this node and belongs to the user
	 */
	boolean isLocal(String user, String sessionId);

	/**
	 * Return the other node that has a session of a user.
	 * @param user the user's name
	 * @param sessionId the session
	 * @return the node, or {@code null} if no other node is known to have it
	 */
	@Nullable Node nodeOf(String user, String sessionId);

	/**
	 * Return the other nodes that have sessions of a user.
	 * @param user the user's name
	 * @return the nodes, never this one
	 */
	Set<Node> nodesOf(String user);

}
