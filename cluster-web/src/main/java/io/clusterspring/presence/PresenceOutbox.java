package io.clusterspring.presence;

import io.clusterspring.Node;

/**
 * Sends messages to other nodes.
 */
interface PresenceOutbox {

	/**
	 * Send a message.
	 * @param receiver the receiving node
	 * @param message the message
	 */
	void send(Node receiver, PresenceMessage message);

}
