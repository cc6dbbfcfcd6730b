package io.clusterspring.pubsub;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.springframework.util.ObjectUtils;

/**
 * Holds the subscriptions of this node by topic. Each topic has an array that is replaced
 * on each change, so that delivery takes no lock. Thread-safe.
 */
final class TopicRegistry {

	private static final TopicSubscription[] NONE = {};

	private final ConcurrentMap<String, TopicSubscription[]> topics = new ConcurrentHashMap<>();

	TopicSubscription[] subscriptions(String topic) {
		return this.topics.getOrDefault(topic, NONE);
	}

	long waiting() {
		return this.topics.values().stream().flatMap(Arrays::stream).mapToLong(TopicSubscription::waiting).sum();
	}

	void add(TopicSubscription subscription) {
		this.topics.merge(subscription.topic(), new TopicSubscription[] { subscription },
				(present, added) -> ObjectUtils.addObjectToArray(present, subscription));
	}

	void remove(TopicSubscription subscription) {
		this.topics.computeIfPresent(subscription.topic(), (topic, present) -> without(present, subscription));
	}

	@SuppressWarnings("NullAway")
	private static TopicSubscription[] without(TopicSubscription[] present, TopicSubscription subscription) {
		TopicSubscription[] rest = Arrays.stream(present)
			.filter((other) -> other != subscription)
			.toArray(TopicSubscription[]::new);
		return (rest.length > 0) ? rest : null;
	}

}
