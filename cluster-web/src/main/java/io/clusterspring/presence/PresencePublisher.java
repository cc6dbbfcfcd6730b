package io.clusterspring.presence;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
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
 * Publishes changes to the clients of this node and to the application. Changes are
 * collected and throttled for each topic. Each topic publishes its diffs in its own
 * mailbox; events have a separate one, so that a slow listener does not delay clients.
 * The mailboxes of topics run on an executor without code of the application, unless
 * there is a {@link PresenceFetcher}, which is such code. Thread-safe, except for methods
 * that require the lock.
 */
final class PresencePublisher implements PresenceTable.Observer {

	private static final Log logger = LogFactory.getLog(PresencePublisher.class);

	private static final String DIFF = "presence_diff";

	private static final String STATE = "presence_state";

	private final ReentrantLock lock;

	private final PubSub pubSub;

	private final PresenceLists lists;

	private final Consumer<? super PresenceChange> listener;

	private final String[] serverOnly;

	private final Threads threads;

	private final PresenceLimits limits;

	private final Mailbox events;

	private final CountedWarning droppedEvents = new CountedWarning(logger);

	private final LongAdder merged = new LongAdder();

	private final LongAdder changes = new LongAdder();

	private final Map<String, PresenceTopic> topics = new HashMap<>();

	private final Set<PresenceTopic> changed = new LinkedHashSet<>();

	PresencePublisher(ReentrantLock lock, PubSub pubSub, PresenceLists lists, Consumer<? super PresenceChange> listener,
			Collection<String> serverOnly, Threads threads, PresenceLimits limits) {
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
		this.changed.add(topic);
		this.changes.increment();
		return topic;
	}

	private PresenceTopic topic(String name) {
		return this.topics.computeIfAbsent(name, this::create);
	}

	private PresenceTopic create(String name) {
		return new PresenceTopic(name, this.lock, this, new Mailbox(this::publish, this.limits.queueCapacity()),
				new Throttle.Timing(this.threads.timer(), this.limits.diffInterval()), this.limits.queueCapacity());
	}

	// called without the lock, because it may create the fetcher bean
	private void publish(Runnable task) {
		(this.lists.hasFetcher() ? this.threads.application() : this.threads.deliveries()).execute(task);
	}

	/**
	 * Publish the last change on a topic together with the next one. Called with the
	 * lock.
	 * @param topic the topic
	 */
	void defer(String topic) {
		this.changed.remove(topic(topic));
	}

	/**
	 * Return and reset the topics that have changed since the last call. Called with the
	 * lock.
	 * @return the throttles of these topics, which publish the changes
	 */
	List<Throttle> takeChanged() {
		if (this.changed.isEmpty()) {
			return List.of();
		}
		List<Throttle> throttles = this.changed.stream().map(PresenceTopic::throttle).toList();
		this.changed.clear();
		return throttles;
	}

	/**
	 * Send the state to a client soon, after all changes until now. Called with the lock.
	 * @param channel the channel
	 */
	void show(Channel channel) {
		PresenceTopic topic = topic(channel.topic());
		topic.await(channel);
		this.changed.add(topic);
	}

	/**
	 * Return whether changes of a topic are sent to clients.
	 * @param topic the topic
	 * @return {@code false} if the topic is for the server only
	 */
	boolean isForClients(String topic) {
		// clients cannot join a longer topic
		return Utf8.length(topic) <= Broadcast.MAX_NAME && !PatternMatchUtils.simpleMatch(this.serverOnly, topic);
	}

	/**
	 * Return the number of topics with recent changes.
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
	 * Remove a topic that has nothing to publish. Called with the lock.
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
			this.droppedEvents.add((count) -> "Lost a PresenceChange event, because its listeners are too slow ("
					+ count + " so far)");
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
	 * Return the number of changes that were not sent to clients, because there were too
	 * many.
	 * @return the number of changes
	 */
	long merged() {
		return this.merged.sum();
	}

	/**
	 * Return the number of events that were lost, because listeners were too slow.
	 * @return the number of events
	 */
	long droppedEvents() {
		return this.droppedEvents.count();
	}

	/**
	 * The threads of presence.
	 *
	 * @param application runs the application's code: listeners and a
	 * {@link PresenceFetcher}
	 * @param deliveries runs no code of the application, so that such code cannot delay
	 * clients and other nodes
	 * @param timer posts to mailboxes
	 */
	record Threads(Executor application, Executor deliveries, ScheduledExecutorService timer) {

	}

}
