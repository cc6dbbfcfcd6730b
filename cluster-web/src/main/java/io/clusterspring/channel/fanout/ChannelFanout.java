package io.clusterspring.channel.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.Subscription;
import io.clusterspring.pubsub.TopicMessage;

/**
 * Delivers the messages of one topic to its members on this node. Broadcasts that have
 * queued up are sent together: they are encoded once for each serializer, not for each
 * member, and each member gets them in one frame. No lock is held while members are
 * served.
 */
final class ChannelFanout {

	// in bytes; about what a socket accepts in one write
	private static final int BATCH_SIZE = 64 * 1024;

	private final Set<Member> members = ConcurrentHashMap.newKeySet();

	private final List<TopicMessage> batch = new ArrayList<>();

	private int batchSize;

	private volatile long taken;

	private volatile long delivered;

	private volatile @Nullable Subscription subscription;

	void subscribe(PubSub pubSub, String topic, Executor executor) {
		this.subscription = pubSub.subscribe(topic, executor, this::deliver);
	}

	void add(Member member) {
		this.members.add(member);
	}

	/**
	 * Remove a member.
	 * @return whether it was the last one, so that the subscription has ended
	 */
	boolean remove(Member member) {
		this.members.remove(member);
		Subscription present = this.subscription;
		if (this.members.isEmpty() && present != null) {
			present.close();
			return true;
		}
		return false;
	}

	/**
	 * Return a condition that becomes true when the messages that wait for the members
	 * now are delivered.
	 * @return the condition; later messages do not delay it
	 */
	BooleanSupplier caughtUp() {
		Subscription present = this.subscription;
		if (present == null || present.waiting() == 0) {
			return () -> true;
		}
		// in this order: a message taken in between is counted twice, which is safe, and
		// never missed
		long target = present.waiting() + this.taken;
		return () -> this.delivered >= target || present.waiting() == 0;
	}

	/** Run a task after the messages that wait for the members now. */
	void afterBroadcasts(Runnable task) {
		Subscription present = this.subscription;
		if (present == null) {
			task.run();
			return;
		}
		present.execute(() -> {
			flush();
			this.delivered = this.taken;
			task.run();
		});
	}

	boolean isIdle() {
		Subscription present = this.subscription;
		return present == null || present.waiting() == 0;
	}

	private void deliver(TopicMessage message) {
		this.taken = this.taken + 1; // one thread at a time
		if (message.event() == null) {
			flush();
			deliverPlain(message);
		}
		else {
			this.batch.add(message);
			this.batchSize += message.bytes().remaining();
			if (this.batchSize < BATCH_SIZE && moreWaits()) {
				return;
			}
			flush();
		}
		this.delivered = this.taken;
	}

	private boolean moreWaits() {
		// waiting() includes the current message; the first one may come before the
		// subscription is set
		Subscription present = this.subscription;
		return present != null && present.waiting() > 1;
	}

	private void flush() {
		if (this.batch.isEmpty()) {
			return;
		}
		try {
			BroadcastBatch broadcasts = new BroadcastBatch(this.batch);
			for (Member member : this.members) {
				serve(member, () -> broadcasts.deliverTo(member));
			}
		}
		finally {
			this.batch.clear();
			this.batchSize = 0;
		}
	}

	private void deliverPlain(TopicMessage message) {
		for (Member member : this.members) {
			serve(member, () -> {
				if (member.handler().hearsMessages() && !message.isFrom(member)) {
					member.intercept(message);
				}
			});
		}
	}

	// a member that fails must not stop the others
	private static void serve(Member member, Runnable delivery) {
		try {
			delivery.run();
		}
		catch (Throwable ex) {
			member.deliveryFailed(ex);
		}
	}

}
