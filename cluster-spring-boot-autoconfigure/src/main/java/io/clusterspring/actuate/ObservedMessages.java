package io.clusterspring.actuate;

import java.util.Map;
import java.util.function.Consumer;

import io.micrometer.observation.ObservationRegistry;

import io.clusterspring.pubsub.MessageObserver;
import io.clusterspring.pubsub.TopicMessage;

/**
 * Observes each broadcast ({@code cluster.broadcast}) and each delivery to a listener
 * ({@code cluster.deliver}), so that a trace can cross nodes.
 */
public final class ObservedMessages implements MessageObserver {

	private final CrossingObservations observations;

	/**
	 * Create the observer.
	 * @param registry the registry of the observations
	 */
	public ObservedMessages(ObservationRegistry registry) {
		this.observations = new CrossingObservations(registry, "cluster.topic");
	}

	@Override
	public void broadcasting(String topic, Consumer<Map<String, String>> broadcast) {
		this.observations.sending(topic, broadcast);
	}

	@Override
	public void delivering(TopicMessage message, Runnable listener) {
		this.observations.delivering(message.topic(), message.headers(), listener);
	}

}
