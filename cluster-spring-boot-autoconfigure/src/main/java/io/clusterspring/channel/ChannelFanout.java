package io.clusterspring.channel;

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
 * Brings the messages of one topic to its members on this node. Broadcasts that have
 * queued up leave together: written once for each serializer, never for each member, and
 * sent to each member at once. Members are walked without a lock.
 */
final class ChannelFanout {

	// in bytes; about what a socket takes at once
	private static final int BATCH_SIZE = 64 * 1024;

	private final Set<JoinedChannel> members = ConcurrentHashMap.newKeySet();

	private final List<TopicMessage> batch = new ArrayList<>();

	private int batchSize;

	private volatile long taken;

	private volatile long delivered;

	private volatile @Nullable Subscription subscription;

	void subscribe(PubSub pubSub, String topic, Executor executor) {
		this.subscription = pubSub.subscribe(topic, executor, this::deliver);
	}

	void add(JoinedChannel channel) {
		this.members.add(channel);
	}

	/**
	 * Remove a member.
	 * @param channel the member
	 * @return whether it was the last one, so that the subscription has ended
	 */
	boolean remove(JoinedChannel channel) {
		this.members.remove(channel);
		Subscription present = this.subscription;
		if (this.members.isEmpty() && present != null) {
			present.close();
			return true;
		}
		return false;
	}

	/**
	 * Return something that tells when what waits for the members now has gone to them.
	 * @return a condition that becomes true, whatever comes later
	 */
	BooleanSupplier caughtUp() {
		Subscription present = this.subscription;
		if (present == null || present.waiting() == 0) {
			return () -> true;
		}
		// in this order: what changes from waiting to taken meanwhile counts twice, not
		// never
		long target = present.waiting() + this.taken;
		return () -> this.delivered >= target || present.waiting() == 0;
	}

	/**
	 * Do something after what waits for the members now.
	 * @param task what to do
	 */
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
		this.taken = this.taken + 1; // by one thread at a time
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
		// counts the one being delivered; not known yet to a message that comes early
		Subscription present = this.subscription;
		return present != null && present.waiting() > 1;
	}

	private void flush() {
		if (this.batch.isEmpty()) {
			return;
		}
		try {
			BroadcastBatch broadcasts = new BroadcastBatch(this.batch);
			for (JoinedChannel member : this.members) {
				serve(member, () -> broadcasts.deliverTo(member));
			}
		}
		finally {
			this.batch.clear();
			this.batchSize = 0;
		}
	}

	private void deliverPlain(TopicMessage message) {
		for (JoinedChannel member : this.members) {
			serve(member, () -> {
				if (member.handler().hearsMessages() && !message.isFrom(member)) {
					member.intercept(message);
				}
			});
		}
	}

	// one that cannot be served takes nothing from the others
	private static void serve(JoinedChannel member, Runnable delivery) {
		try {
			delivery.run();
		}
		catch (Throwable ex) {
			member.deliveryFailed(ex);
		}
	}

}
