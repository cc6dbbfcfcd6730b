package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.clusterspring.channel.Channel;
import io.clusterspring.mailbox.CoalescedTask;
import io.clusterspring.mailbox.Mailbox;

/**
 * A topic with recent changes or clients that wait for the state. It collects both, and
 * publishes them throttled and in its own mailbox. The collected data is guarded by the
 * lock of the writers.
 */
final class PresenceTopic {

	private final String name;

	private final ReentrantLock lock;

	private final PresencePublisher publisher;

	private final TopicDiffs diffs;

	private final Throttle throttle;

	private List<Channel> waiting = new ArrayList<>(1);

	private boolean publishing;

	PresenceTopic(String name, ReentrantLock lock, PresencePublisher publisher, Mailbox mailbox, Throttle.Timing timing,
			int capacity) {
		this.name = name;
		this.lock = lock;
		this.publisher = publisher;
		this.diffs = new TopicDiffs(capacity);
		CoalescedTask task = new CoalescedTask(mailbox, this::publish);
		this.throttle = new Throttle(timing, task::post, () -> locked(this::forgetIfIdle));
	}

	String name() {
		return this.name;
	}

	TopicDiffs diffs() {
		return this.diffs;
	}

	Throttle throttle() {
		return this.throttle;
	}

	void await(Channel channel) {
		this.waiting.add(channel);
	}

	private void publish() {
		List<PresenceDiff> taken = new ArrayList<>();
		List<Channel> due = locked(() -> {
			this.publishing = true;
			this.publisher.merged(this.diffs.takeMerged());
			taken.addAll(this.diffs.take());
			List<Channel> all = this.waiting;
			this.waiting = new ArrayList<>(1);
			return all;
		});
		try {
			taken.forEach((diff) -> this.publisher.publish(this.name, diff));
			if (!due.isEmpty()) {
				// all clients get the same state, which includes the published diffs
				this.publisher.show(this.name, due, read());
			}
		}
		finally {
			locked(this::published);
		}
	}

	private Map<String, PresenceEntry> read() {
		locked(this.diffs::beginRead);
		try {
			return this.publisher.read(this.name);
		}
		finally {
			locked(this.diffs::endRead);
		}
	}

	private void published() {
		this.publishing = false;
		forgetIfIdle();
	}

	private void forgetIfIdle() {
		if (this.diffs.isEmpty() && this.waiting.isEmpty() && !this.publishing && !this.throttle.isPausing()) {
			this.publisher.forget(this);
		}
	}

	private void locked(Runnable action) {
		locked(() -> {
			action.run();
			return this;
		});
	}

	private <T> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

}
