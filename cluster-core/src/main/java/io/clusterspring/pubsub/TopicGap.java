package io.clusterspring.pubsub;

import io.clusterspring.history.MessagePosition;

/**
 * Messages of a topic with history that a subscription of this node will never receive,
 * because no node has them any longer. It is published as an application event, once for
 * each subscription that has missed them.
 *
 * @param topic the topic
 * @param first the position of the first message
 * @param last the position of the last message, of the same origin
 */
public record TopicGap(String topic, MessagePosition first, MessagePosition last) {

	/**
	 * Return how many messages were missed.
	 * @return at least one
	 */
	public long count() {
		return this.last.number() - this.first.number() + 1;
	}

}
