package io.clusterspring.stomp;

/**
 * Hears of sessions on another node.
 */
interface SessionListener {

	/**
	 * A user's session is there.
	 * @param session the session
	 */
	void connected(RemoteSession session);

	/**
	 * A session is gone.
	 * @param session the session
	 */
	void disconnected(RemoteSession session);

}
