package io.clusterspring.history;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The origins whose messages are on their way from other nodes, by topic: there may be
 * very many, and each client that comes back asks for its topic. Not thread-safe.
 */
final class Awaited {

	private final Map<String, Set<Long>> origins = new HashMap<>();

	/** Return whether the origin was not awaited. */
	boolean add(String topic, long origin) {
		return this.origins.computeIfAbsent(topic, (key) -> new HashSet<>(2)).add(origin);
	}

	void remove(String topic, long origin) {
		this.origins.computeIfPresent(topic, (key, all) -> (all.remove(origin) && all.isEmpty()) ? null : all);
	}

	boolean contains(String topic) {
		return this.origins.containsKey(topic);
	}

}
