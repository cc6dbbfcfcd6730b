package io.clusterspring.stomp;

/**
 * The STOMP sessions of users, on all nodes, over WebSocket and SockJS. A bean of this
 * type exists in an application with {@code @EnableWebSocketMessageBroker}, with a broker
 * relay as well. Thread-safe.
 */
public interface UserSessions {

	/**
	 * Close all sessions of a user, on all nodes, with close code 1001. The clients get
	 * no frame before, and what they send afterwards is not handled. They connect again,
	 * unless the application refuses them then. A client that is connecting at the moment
	 * is disconnected as well, unless its handshake arrives after this call. It does not
	 * wait until the sessions are closed.
	 * @param user the name of the user: of the one that a CONNECT frame has been given,
	 * otherwise of the user of the handshake
	 */
	void disconnect(String user);

}
