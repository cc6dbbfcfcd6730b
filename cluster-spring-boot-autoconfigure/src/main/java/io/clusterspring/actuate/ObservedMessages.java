package io.clusterspring.actuate;

import java.util.Map;
import java.util.function.Consumer;

import io.clusterspring.pubsub.MessageObserver;
import io.clusterspring.pubsub.TopicMessage;

/**
 * Observes each broadcast ({@code cluster.broadcast}) and each delivery to a listener
 * ({@code cluster.deliver}), so that a trace can cross nodes.
 *
 * @param observations the observations, by topic
 */
record ObservedMessages(CrossingObservations observations) implements MessageObserver {

	@Override
	public void broadcasting(String topic, Consumer<Map<String, String>> broadcast) {
		this.observations.sending(topic, broadcast);
	}

	@Override
	public void delivering(TopicMessage message, Runnable listener) {
		this.observations.delivering(message.topic(), message.headers(), listener);
	}

}
