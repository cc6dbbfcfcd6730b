package io.clusterspring.presence;

import io.clusterspring.Node;

/**
 * Takes messages to other nodes.
 */
interface PresenceOutbox {

	/**
	 * Take a message.
	 * @param receiver the node it is for
	 * @param message the message
	 */
	void send(Node receiver, PresenceMessage message);

}
