package io.clusterspring.channel.fanout;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.protocol.SocketBroadcast;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.mailbox.CountedWarning;
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

	// changed by one thread at a time, as the members are
	private int opened;

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
	 * Keep the subscription for a member to come.
	 * @return completes when the subscription is in force on all nodes
	 */
	CompletionStage<@Nullable Void> open() {
		this.opened++;
		return Objects.requireNonNull(this.subscription).ready();
	}

	/**
	 * End one {@link #open()}.
	 * @return as for {@link #remove}
	 */
	boolean close() {
		this.opened--;
		return endIfUnused();
	}

	/**
	 * Remove a member.
	 * @return whether it was the last one, so that the subscription has ended
	 */
	boolean remove(Member member) {
		this.members.remove(member);
		return endIfUnused();
	}

	private boolean endIfUnused() {
		Subscription present = this.subscription;
		if (this.members.isEmpty() && this.opened == 0 && present != null) {
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

	/**
	 * Broadcasts of one topic that are sent together. They are encoded once for each
	 * serializer and joined once for all members that get every one of them. Not
	 * thread-safe.
	 */
	private static final class BroadcastBatch {

		private static final CountedWarning UNWRITABLE = new CountedWarning(LogFactory.getLog(BroadcastBatch.class));

		private final List<TopicMessage> messages;

		private final List<SocketBroadcast> broadcasts;

		private final Map<SocketSerializer, Frames> frames = new IdentityHashMap<>(2);

		private final boolean[] passing;

		/**
		 * Create a batch.
		 * @param messages at least one broadcast
		 */
		BroadcastBatch(List<TopicMessage> messages) {
			this.messages = messages;
			this.broadcasts = messages.stream().map(BroadcastBatch::broadcast).toList();
			this.passing = new boolean[messages.size()];
		}

		private static SocketBroadcast broadcast(TopicMessage message) {
			return new SocketBroadcast(message.topic(), Objects.requireNonNull(message.event()),
					new SocketPayload(message.bytes(), message.isBinary()));
		}

		/**
		 * Deliver the broadcasts to a member. Left out are broadcasts that the member has
		 * sent itself and payloads that its client cannot receive. Broadcasts that its
		 * handler intercepts go to the handler instead.
		 */
		void deliverTo(Member member) {
			int count = 0;
			for (int i = 0; i < this.passing.length; i++) {
				boolean passes = passes(i, member);
				this.passing[i] = passes;
				count += (passes) ? 1 : 0;
			}
			if (count > 0) {
				Frames all = this.frames.computeIfAbsent(member.serializer(), Frames::new);
				SocketFrame frame = (count == this.passing.length) ? all.all() : all.passing();
				if (frame != null) {
					member.deliver(frame);
				}
			}
		}

		private boolean passes(int index, Member member) {
			TopicMessage message = this.messages.get(index);
			SocketBroadcast broadcast = this.broadcasts.get(index);
			if (message.isFrom(member)) {
				return false;
			}
			if (member.handler().intercepts(broadcast.event())) {
				member.intercept(message);
				return false;
			}
			return member.takes(broadcast.payload(), broadcast.event());
		}

		/** The broadcasts as encoded by one serializer. */
		private final class Frames {

			private final SocketSerializer serializer;

			private final @Nullable SocketFrame[] single = new SocketFrame[BroadcastBatch.this.passing.length];

			private final boolean[] tried = new boolean[BroadcastBatch.this.passing.length];

			private @Nullable SocketFrame all;

			Frames(SocketSerializer serializer) {
				this.serializer = serializer;
			}

			@Nullable SocketFrame all() {
				SocketFrame all = this.all;
				if (all == null) {
					all = passing();
					this.all = all;
				}
				return all;
			}

			@Nullable SocketFrame passing() {
				List<SocketFrame> passing = new ArrayList<>();
				for (int i = 0; i < this.single.length; i++) {
					SocketFrame frame = (BroadcastBatch.this.passing[i]) ? single(i) : null;
					if (frame != null) {
						passing.add(frame);
					}
				}
				return passing.isEmpty() ? null : SocketFrame.join(passing);
			}

			private @Nullable SocketFrame single(int index) {
				if (!this.tried[index]) {
					this.tried[index] = true;
					this.single[index] = encode(index);
				}
				return this.single[index];
			}

			// a broadcast that cannot be encoded must not stop the others
			private @Nullable SocketFrame encode(int index) {
				try {
					return this.serializer.encode(BroadcastBatch.this.broadcasts.get(index));
				}
				catch (Throwable ex) {
					UNWRITABLE.add((count) -> "Lost " + BroadcastBatch.this.messages.get(index)
							+ " for the clients of its topic, because it cannot be encoded (" + count + " so far): "
							+ ex);
					return null;
				}
			}

		}

	}

}
