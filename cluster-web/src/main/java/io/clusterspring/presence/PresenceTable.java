package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The metas of all nodes, by topic and key. Written by one thread at a time and read by
 * any thread without blocking. A reader sees all earlier writes, and maybe some
 * concurrent ones.
 */
final class PresenceTable {

	private final ConcurrentMap<String, Topic> topics = new ConcurrentHashMap<>();

	private volatile int size;

	/**
	 * Return the shared instance of a topic's name, so that each name is stored once.
	 * @return an equal string
	 */
	String intern(String name) {
		Topic topic = this.topics.get(name);
		return (topic != null) ? topic.name : name;
	}

	@SuppressWarnings("NonAtomicOperationOnVolatileField")
	void add(PresenceMeta meta) {
		Topic topic = this.topics.computeIfAbsent(meta.topic(), Topic::new);
		topic.keys.merge(meta.key(), List.of(meta), (present, added) -> with(present, meta));
		this.size++;
	}

	void replace(PresenceMeta former, PresenceMeta meta) {
		Topic topic = this.topics.get(meta.topic());
		if (topic != null) {
			topic.keys.computeIfPresent(meta.key(), (key, present) -> {
				List<PresenceMeta> rest = new ArrayList<>(present);
				rest.remove(former);
				return with(rest, meta);
			});
		}
	}

	@SuppressWarnings({ "NonAtomicOperationOnVolatileField", "NullAway" })
	void remove(PresenceMeta meta) {
		Topic topic = this.topics.get(meta.topic());
		if (topic != null) {
			topic.keys.computeIfPresent(meta.key(), (key, present) -> without(present, meta));
			if (topic.keys.isEmpty()) {
				this.topics.remove(meta.topic());
			}
		}
		this.size--;
	}

	private static List<PresenceMeta> with(List<PresenceMeta> present, PresenceMeta added) {
		List<PresenceMeta> metas = new ArrayList<>(present.size() + 1);
		metas.addAll(present);
		int place = Collections.binarySearch(present, added);
		metas.add((place < 0) ? -place - 1 : place, added);
		return List.copyOf(metas);
	}

	private static @Nullable List<PresenceMeta> without(List<PresenceMeta> present, PresenceMeta removed) {
		List<PresenceMeta> rest = new ArrayList<>(present);
		rest.remove(removed);
		return rest.isEmpty() ? null : List.copyOf(rest);
	}

	Map<String, List<PresenceMeta>> keys(String topic) {
		Topic present = this.topics.get(topic);
		return (present != null) ? present.keys : Map.of();
	}

	List<PresenceMeta> metas(String topic, String key) {
		return keys(topic).getOrDefault(key, List.of());
	}

	/** Pass each topic with the number of its keys. */
	void forEachTopic(BiConsumer<String, Integer> action) {
		this.topics.forEach((name, topic) -> action.accept(name, topic.keys.size()));
	}

	int topics() {
		return this.topics.size();
	}

	int size() {
		return this.size;
	}

	/** Called for every change of the table, in order. */
	interface Observer {

		void joined(PresenceMeta meta);

		void left(PresenceMeta meta);

	}

	/** The keys of a topic. */
	private static final class Topic {

		private final String name;

		private final ConcurrentMap<String, List<PresenceMeta>> keys = new ConcurrentHashMap<>();

		Topic(String name) {
			this.name = name;
		}

	}

}
