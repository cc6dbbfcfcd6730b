package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.clusterspring.channel.Channel;
import io.clusterspring.mailbox.Mailbox;

/**
 * A topic that has changed of late or has somebody to be shown who is there: gathers
 * both, and publishes at its pace and in its own mailbox. What is gathered is guarded by
 * the lock of the writers.
 */
final class PresenceTopic {

	private final String name;

	private final ReentrantLock lock;

	private final PresencePublisher publisher;

	private final TopicDiffs diffs;

	private final Pace pace;

	private List<Channel> waiting = new ArrayList<>(1);

	private boolean publishing;

	PresenceTopic(String name, ReentrantLock lock, PresencePublisher publisher, Mailbox mailbox, Pace.Timing timing,
			int capacity) {
		this.name = name;
		this.lock = lock;
		this.publisher = publisher;
		this.diffs = new TopicDiffs(capacity);
		Errand errand = new Errand(mailbox, this::publish);
		this.pace = new Pace(timing, errand::post, this::forget);
	}

	String name() {
		return this.name;
	}

	TopicDiffs diffs() {
		return this.diffs;
	}

	Pace pace() {
		return this.pace;
	}

	void await(Channel channel) {
		this.waiting.add(channel);
	}

	private void publish() {
		List<PresenceDiff> taken = locked(() -> {
			this.publishing = true;
			this.publisher.merged(this.diffs.takeMerged());
			return this.diffs.take();
		});
		try {
			taken.forEach((diff) -> this.publisher.publish(this.name, diff));
			show();
		}
		finally {
			locked(() -> this.publishing = false);
			forget();
		}
	}

	/**
	 * Show all who wait now the same state.
	 */
	private void show() {
		List<Channel> due = locked(() -> {
			List<Channel> all = this.waiting;
			this.waiting = new ArrayList<>(1);
			if (!all.isEmpty()) {
				this.diffs.beginRead();
			}
			return all;
		});
		if (!due.isEmpty()) {
			this.publisher.show(this.name, due, read());
		}
	}

	private Map<String, PresenceEntry> read() {
		try {
			return this.publisher.read(this.name);
		}
		finally {
			locked(() -> {
				this.diffs.endRead();
				return this.diffs;
			});
		}
	}

	private void forget() {
		locked(() -> {
			boolean idle = this.diffs.isEmpty() && this.waiting.isEmpty() && !this.publishing && !this.pace.isResting();
			return idle && this.publisher.forget(this);
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
