package io.clusterspring.presence;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.PatternMatchUtils;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.SharedPush;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.text.Utf8;

/**
 * Tells clients of this node, and the application, what changes: gathers changes by
 * topic, each topic at its own pace. The diffs of a topic are made in a mailbox of its
 * own and events in another, so that a slow listener keeps no client waiting. No code of
 * the application runs where its handlers could be in the way, but for a
 * {@link PresenceFetcher}, which is such code.
 */
final class PresencePublisher implements PresenceObserver {

	private static final Log logger = LogFactory.getLog(PresencePublisher.class);

	private static final String DIFF = "presence_diff";

	private static final String STATE = "presence_state";

	private final ReentrantLock lock;

	private final PubSub pubSub;

	private final PresenceLists lists;

	private final Consumer<? super PresenceChange> listener;

	private final String[] serverOnly;

	private final PresenceThreads threads;

	private final PresenceLimits limits;

	private final Mailbox events;

	private final CountedWarning droppedEvents = new CountedWarning(logger);

	private final LongAdder merged = new LongAdder();

	private final LongAdder changes = new LongAdder();

	private final Map<String, PresenceTopic> topics = new HashMap<>();

	private final Set<PresenceTopic> touched = new LinkedHashSet<>();

	PresencePublisher(ReentrantLock lock, PubSub pubSub, PresenceLists lists, Consumer<? super PresenceChange> listener,
			Collection<String> serverOnly, PresenceThreads threads, PresenceLimits limits) {
		this.lock = lock;
		this.pubSub = pubSub;
		this.lists = lists;
		this.listener = listener;
		this.serverOnly = serverOnly.toArray(String[]::new);
		this.threads = threads;
		this.limits = limits;
		this.events = new Mailbox(threads.application(), limits.queueCapacity());
	}

	@Override
	public void joined(PresenceMeta meta) {
		change(meta.topic()).diffs().join(meta);
	}

	@Override
	public void left(PresenceMeta meta) {
		change(meta.topic()).diffs().leave(meta);
	}

	private PresenceTopic change(String name) {
		PresenceTopic topic = topic(name);
		this.touched.add(topic);
		this.changes.increment();
		return topic;
	}

	private PresenceTopic topic(String name) {
		return this.topics.computeIfAbsent(name, this::create);
	}

	private PresenceTopic create(String name) {
		return new PresenceTopic(name, this.lock, this, new Mailbox(this::publish, this.limits.queueCapacity()),
				new Pace.Timing(this.threads.timer(), this.limits.diffInterval()), this.limits.queueCapacity());
	}

	// asked for without the lock, because it may have to be created
	private void publish(Runnable task) {
		(this.lists.hasFetcher() ? this.threads.application() : this.threads.deliveries()).execute(task);
	}

	/**
	 * Leave what has just changed on a topic to be published with what comes next there.
	 * Called with the lock.
	 * @param topic the topic
	 */
	void defer(String topic) {
		this.touched.remove(topic(topic));
	}

	/**
	 * Return whom to ask to publish what has changed since the last time. Called with the
	 * lock.
	 * @return the paces of the topics that have changed
	 */
	List<Pace> touched() {
		if (this.touched.isEmpty()) {
			return List.of();
		}
		List<Pace> paces = this.touched.stream().map(PresenceTopic::pace).toList();
		this.touched.clear();
		return paces;
	}

	/**
	 * Send a client the state, soon and after what has changed till now. Called with the
	 * lock.
	 * @param channel the channel
	 */
	void show(Channel channel) {
		PresenceTopic topic = topic(channel.topic());
		topic.await(channel);
		this.touched.add(topic);
	}

	/**
	 * Return whether clients hear of a topic.
	 * @param topic the topic
	 * @return {@code false} if only the server does
	 */
	boolean isForClients(String topic) {
		// nobody can have joined a longer one
		return Utf8.length(topic) <= Broadcast.MAX_NAME && !PatternMatchUtils.simpleMatch(this.serverOnly, topic);
	}

	/**
	 * Return how many topics have changed of late.
	 * @return the number of topics
	 */
	int activeTopics() {
		this.lock.lock();
		try {
			return this.topics.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Forget a topic that has nothing to publish. Called with the lock.
	 * @param topic the topic
	 */
	void forget(PresenceTopic topic) {
		this.topics.remove(topic.name(), topic);
	}

	void merged(long count) {
		this.merged.add(count);
	}

	Map<String, PresenceEntry> read(String topic) {
		return this.lists.read(topic);
	}

	void show(String topic, List<Channel> channels, Map<String, PresenceEntry> entries) {
		SharedPush push = new SharedPush(STATE, this.lists.state(topic, entries));
		channels.forEach(push::to);
	}

	void publish(String topic, PresenceDiff diff) {
		Set<String> keys = new HashSet<>(diff.joins().keySet());
		keys.addAll(diff.leaves().keySet());
		if (keys.isEmpty()) {
			return;
		}
		Map<String, ?> data = this.lists.fetchForClients(topic, keys);
		PresenceChange change = new PresenceChange(topic, entries(diff.joins(), data), entries(diff.leaves(), data));
		if (isForClients(topic)) {
			this.pubSub.broadcastLocal(topic,
					new Broadcast(DIFF, Map.of("joins", change.joins(), "leaves", change.leaves())));
		}
		tell(change);
	}

	private void tell(PresenceChange change) {
		if (!this.events.post(() -> this.listener.accept(change))) {
			this.droppedEvents
				.add((count) -> "The listeners of presence changes are too slow: " + count + " event(s) lost so far");
		}
	}

	private Map<String, PresenceEntry> entries(Map<String, List<PresenceMeta>> metas, Map<String, ?> data) {
		Map<String, PresenceEntry> entries = new LinkedHashMap<>();
		metas.forEach((key, present) -> entries.put(key,
				this.lists.entryForClients(key, List.copyOf(present), data.get(key))));
		return entries;
	}

	long changes() {
		return this.changes.sum();
	}

	/**
	 * Return how many changes clients were not told because there were too many.
	 * @return the number of changes
	 */
	long merged() {
		return this.merged.sum();
	}

	/**
	 * Return how many events were lost because listeners were too slow.
	 * @return the number of events
	 */
	long droppedEvents() {
		return this.droppedEvents.count();
	}

}
