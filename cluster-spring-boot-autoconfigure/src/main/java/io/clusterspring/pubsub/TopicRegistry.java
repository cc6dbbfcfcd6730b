package io.clusterspring.pubsub;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.springframework.util.ObjectUtils;

/**
 * Who subscribes to what on this node. Each topic has an immutable array that is replaced
 * on change, so that delivery takes no lock.
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
