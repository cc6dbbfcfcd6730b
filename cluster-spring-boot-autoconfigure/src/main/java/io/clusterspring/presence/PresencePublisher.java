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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.PatternMatchUtils;

import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.pubsub.PubSub;

/**
 * Tells clients of this node, and the application, what changes: gathers changes by
 * topic, each topic at its own pace. Diffs are made in one mailbox and events in another,
 * so that a slow listener keeps no client waiting. What is gathered is guarded by the
 * lock of the writers.
 */
final class PresencePublisher implements PresenceObserver {

	private static final Log logger = LogFactory.getLog(PresencePublisher.class);

	private static final String EVENT = "presence_diff";

	private final ReentrantLock lock;

	private final PubSub pubSub;

	private final PresenceLists lists;

	private final Consumer<? super PresenceChange> listener;

	private final String[] serverOnly;

	private final ScheduledExecutorService timer;

	private final PresenceLimits limits;

	private final Mailbox mailbox;

	private final Mailbox events;

	private final AtomicLong dropped = new AtomicLong();

	private final LongAdder changes = new LongAdder();

	private final Map<String, Topic> topics = new HashMap<>();

	private final Set<Topic> touched = new LinkedHashSet<>();

	PresencePublisher(ReentrantLock lock, PubSub pubSub, PresenceLists lists, Consumer<? super PresenceChange> listener,
			Collection<String> serverOnly, Executor executor, ScheduledExecutorService timer, PresenceLimits limits) {
		this.lock = lock;
		this.pubSub = pubSub;
		this.lists = lists;
		this.listener = listener;
		this.serverOnly = serverOnly.toArray(String[]::new);
		this.timer = timer;
		this.limits = limits;
		this.mailbox = new Mailbox(executor, limits.queueCapacity());
		this.events = new Mailbox(executor, limits.queueCapacity());
	}

	@Override
	public void joined(PresenceMeta meta) {
		change(meta.topic(), (diffs) -> diffs.join(meta));
	}

	@Override
	public void left(PresenceMeta meta) {
		change(meta.topic(), (diffs) -> diffs.leave(meta));
	}

	private void change(String name, Consumer<TopicDiffs> change) {
		Topic topic = this.topics.computeIfAbsent(name, Topic::new);
		change.accept(topic.diffs);
		this.touched.add(topic);
		this.changes.increment();
	}

	/**
	 * Return whom to ask to publish what has changed since the last time.
	 * @return the paces of the topics that have changed
	 */
	List<Pace> touched() {
		if (this.touched.isEmpty()) {
			return List.of();
		}
		List<Pace> paces = this.touched.stream().map((topic) -> topic.pace).toList();
		this.touched.clear();
		return paces;
	}

	/**
	 * Return whether clients hear of a topic.
	 * @param topic the topic
	 * @return {@code false} if only the server does
	 */
	boolean isForClients(String topic) {
		return !PatternMatchUtils.simpleMatch(this.serverOnly, topic);
	}

	long changes() {
		return this.changes.sum();
	}

	/**
	 * Return how many events were lost because listeners were too slow.
	 * @return the number of events
	 */
	long dropped() {
		return this.dropped.get();
	}

	private void publish(String topic, PresenceDiff diff) {
		Set<String> keys = new HashSet<>(diff.joins().keySet());
		keys.addAll(diff.leaves().keySet());
		if (keys.isEmpty()) {
			return;
		}
		Map<String, ?> data = this.lists.fetchOrLog(topic, keys);
		PresenceChange change = new PresenceChange(topic, entries(diff.joins(), data), entries(diff.leaves(), data));
		if (isForClients(topic)) {
			this.pubSub.broadcastLocal(topic,
					new Broadcast(EVENT, Map.of("joins", change.joins(), "leaves", change.leaves())));
		}
		tell(change);
	}

	private void tell(PresenceChange change) {
		if (!this.events.isFull()) {
			this.events.postAlways(() -> this.listener.accept(change));
			return;
		}
		long count = this.dropped.incrementAndGet();
		if (Long.bitCount(count) == 1) {
			logger.warn("The listeners of presence changes are too slow: " + count + " event(s) lost so far");
		}
	}

	private Map<String, PresenceEntry> entries(Map<String, List<PresenceMeta>> metas, Map<String, ?> data) {
		Map<String, PresenceEntry> entries = new LinkedHashMap<>();
		metas.forEach((key, present) -> entries.put(key, this.lists.entry(key, List.copyOf(present), data.get(key))));
		return entries;
	}

	/**
	 * A topic that has changed of late.
	 */
	private final class Topic {

		private final String name;

		private final TopicDiffs diffs = new TopicDiffs(PresencePublisher.this.limits.queueCapacity());

		private final Pace pace;

		Topic(String name) {
			this.name = name;
			this.pace = new Pace(PresencePublisher.this.timer, PresencePublisher.this.limits.diffInterval(),
					() -> PresencePublisher.this.mailbox.postAlways(this::publish), this::forget);
		}

		private void publish() {
			List<PresenceDiff> taken;
			PresencePublisher.this.lock.lock();
			try {
				taken = this.diffs.take();
			}
			finally {
				PresencePublisher.this.lock.unlock();
			}
			taken.forEach((diff) -> PresencePublisher.this.publish(this.name, diff));
		}

		private void forget() {
			PresencePublisher.this.lock.lock();
			try {
				if (this.diffs.isEmpty()) {
					PresencePublisher.this.topics.remove(this.name, this);
				}
			}
			finally {
				PresencePublisher.this.lock.unlock();
			}
		}

	}

}
