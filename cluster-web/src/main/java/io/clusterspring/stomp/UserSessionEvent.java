package io.clusterspring.stomp;

/**
 * A Spring event about a user's STOMP session, on any node of the cluster. Sessions
 * without a user have an {@link AnonymousSessionEvent} instead.
 */
public sealed interface UserSessionEvent extends StompSessionEvent
		permits UserSessionConnected, UserSessionDisconnected {

	/**
	 * Return the user.
	 * @return the user's name
	 */
	String user();

}
