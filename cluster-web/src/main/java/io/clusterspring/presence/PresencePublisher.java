package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.Channel;
import io.clusterspring.mailbox.CoalescedTask;
import io.clusterspring.mailbox.Mailbox;

/**
 * Collects the changes of each topic, and publishes them throttled and in a mailbox of
 * the topic. A topic exists while it has something to publish. Owns the lock of presence,
 * which is held only while the table and what is to be published change, never while
 * messages are sent or code of the application runs. Thread-safe; other methods than
 * those that say so are called by an action of {@link #change}.
 */
final class PresencePublisher implements PresenceTable.Observer {

	private final ReentrantLock lock = new ReentrantLock();

	private final PresenceDelivery delivery;

	private final ScheduledExecutorService timer;

	private final PresenceLimits limits;

	private final LongAdder merged = new LongAdder();

	private final LongAdder changes = new LongAdder();

	private final Map<String, Topic> topics = new HashMap<>();

	private final Set<Topic> changed = new LinkedHashSet<>();

	PresencePublisher(PresenceDelivery delivery, ScheduledExecutorService timer, PresenceLimits limits) {
		this.delivery = delivery;
		this.timer = timer;
		this.limits = limits;
	}

	/**
	 * Run an action with the lock, as one change: its effects are published together. May
	 * be called by any thread.
	 * @return the result of the action
	 */
	<T extends @Nullable Object> T change(Supplier<T> action) {
		List<Throttle> due = new ArrayList<>();
		try {
			return locked(() -> {
				try {
					return action.get();
				}
				finally {
					this.changed.forEach((topic) -> due.add(topic.throttle));
					this.changed.clear();
				}
			});
		}
		finally {
			due.forEach(Throttle::request);
		}
	}

	void change(Runnable action) {
		change(() -> {
			action.run();
			return this;
		});
	}

	private void locked(Runnable action) {
		locked(() -> {
			action.run();
			return this;
		});
	}

	private <T extends @Nullable Object> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void joined(PresenceMeta meta) {
		changed(meta).join(meta);
	}

	@Override
	public void left(PresenceMeta meta) {
		changed(meta).leave(meta);
	}

	private TopicDiffs changed(PresenceMeta meta) {
		Topic topic = topic(meta.topic());
		this.changed.add(topic);
		this.changes.increment();
		return topic.diffs;
	}

	private Topic topic(String name) {
		return this.topics.computeIfAbsent(name, Topic::new);
	}

	/** Publish the last change on a topic together with the next one. */
	void defer(String topic) {
		this.changed.remove(topic(topic));
	}

	/** Send the state to a client soon, after all changes until now. */
	void show(Channel channel) {
		Topic topic = topic(channel.topic());
		topic.waiting.add(channel);
		this.changed.add(topic);
	}

	int activeTopics() {
		return locked(this.topics::size);
	}

	long changes() {
		return this.changes.sum();
	}

	long merged() {
		return this.merged.sum();
	}

	/** A topic with recent changes, or with clients that wait for the state. */
	private final class Topic {

		private final String name;

		private final TopicDiffs diffs = new TopicDiffs(PresencePublisher.this.limits.queueCapacity());

		private final List<Channel> waiting = new ArrayList<>(1);

		private final Throttle throttle;

		private boolean publishing;

		Topic(String name) {
			this.name = name;
			Mailbox mailbox = new Mailbox(PresencePublisher.this.delivery::execute,
					PresencePublisher.this.limits.queueCapacity());
			CoalescedTask task = new CoalescedTask(mailbox, this::publish);
			this.throttle = new Throttle(PresencePublisher.this.timer, PresencePublisher.this.limits.diffInterval(),
					task::post, () -> locked(this::forgetIfIdle));
		}

		private void publish() {
			PresenceDelivery delivery = PresencePublisher.this.delivery;
			List<Channel> due = new ArrayList<>();
			List<TopicDiffs.Diff> taken = locked(() -> take(due));
			try {
				taken.forEach((diff) -> delivery.send(this.name, diff));
				if (!due.isEmpty()) {
					// all clients get the same state, which includes the published diffs
					delivery.send(this.name, due, read());
				}
			}
			finally {
				locked(() -> {
					this.publishing = false;
					forgetIfIdle();
				});
			}
		}

		private List<TopicDiffs.Diff> take(List<Channel> due) {
			this.publishing = true;
			PresencePublisher.this.merged.add(this.diffs.takeMerged());
			due.addAll(this.waiting);
			this.waiting.clear();
			return this.diffs.take();
		}

		private Map<String, PresenceEntry> read() {
			locked(this.diffs::beginRead);
			try {
				return PresencePublisher.this.delivery.read(this.name);
			}
			finally {
				locked(this.diffs::endRead);
			}
		}

		private void forgetIfIdle() {
			if (this.diffs.isEmpty() && this.waiting.isEmpty() && !this.publishing && this.throttle.isIdle()) {
				PresencePublisher.this.topics.remove(this.name, this);
			}
		}

	}

}
