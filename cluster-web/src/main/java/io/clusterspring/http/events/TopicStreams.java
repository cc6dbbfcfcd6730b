package io.clusterspring.http.events;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import io.clusterspring.pubsub.PubSub;

/**
 * The clients of this node by topic. A topic has a subscription while it has a client.
 * Thread-safe.
 */
final class TopicStreams {

	private final PubSub pubSub;

	private final Executor executor;

	private final long retry;

	private final Map<String, Members> topics = new ConcurrentHashMap<>();

	TopicStreams(PubSub pubSub, Executor executor, long retry) {
		this.pubSub = pubSub;
		this.executor = executor;
		this.retry = retry;
	}

	/**
	 * Begin to send the events of a topic to a client.
	 * @param lastId the id of the last event that it has got, {@code null} for none
	 */
	void join(String topic, EventStream stream, @Nullable String lastId) {
		Members members = this.topics.compute(topic, (name, present) -> {
			Members joined = (present != null) ? present
					: new Members(new TopicStream(this.pubSub, name, this.executor, this.retry), new HashSet<>());
			joined.streams.add(stream);
			return joined;
		});
		members.topic.join(stream, lastId);
	}

	void leave(String topic, EventStream stream) {
		this.topics.computeIfPresent(topic, (name, members) -> {
			members.streams.remove(stream);
			members.topic.leave(stream);
			if (!members.streams.isEmpty()) {
				return members;
			}
			members.topic.close();
			return null;
		});
	}

	/** Return how many topics have a client. */
	int size() {
		return this.topics.size();
	}

	/**
	 * The clients of a topic.
	 *
	 * @param streams used by the map only
	 */
	private record Members(TopicStream topic, Set<EventStream> streams) {
	}

}
