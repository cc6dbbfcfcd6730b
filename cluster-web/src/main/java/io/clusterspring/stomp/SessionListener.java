package io.clusterspring.stomp;

/**
 * Called for changes of the sessions on another node.
 */
interface SessionListener {

	/**
	 * Called when a user's session was added.
	 * @param session the session
	 */
	void connected(RemoteSession session);

	/**
	 * Called when a session was removed.
	 * @param session the session
	 */
	void disconnected(RemoteSession session);

}
