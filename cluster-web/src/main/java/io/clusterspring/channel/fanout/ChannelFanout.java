package io.clusterspring.channel.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.tap.Taps;
import io.clusterspring.pubsub.HistorySubscription;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.Subscription;
import io.clusterspring.pubsub.TopicGap;
import io.clusterspring.pubsub.TopicMessage;

/**
 * Delivers the messages of one topic to its members on this node. Broadcasts that have
 * queued up are sent together: they are encoded once for each serializer, not for each
 * member, and each member gets them in one frame. No lock is held while members are
 * served.
 */
final class ChannelFanout implements HistorySubscription.Listener {

	// a socket accepts about so many bytes in one write
	static final int BATCH_SIZE = 64 * 1024;

	private final Map<Member, Service> members = new ConcurrentHashMap<>();

	private final List<TopicMessage> batch = new ArrayList<>();

	private final AtomicBoolean flushing = new AtomicBoolean();

	private final Set<CatchUpJoin> catchingUp = ConcurrentHashMap.newKeySet();

	private final ReplayFrames replayFrames = new ReplayFrames();

	private int batchSize;

	// changed by one thread at a time, as the members are
	private int opened;

	private volatile long taken;

	private volatile long delivered;

	private volatile @Nullable Subscription subscription;

	private final Taps taps;

	ChannelFanout(Taps taps) {
		this.taps = taps;
	}

	/** Subscribe, if that has not happened. One thread at a time calls it. */
	void subscribe(PubSub pubSub, String topic, Executor executor) {
		if (this.subscription == null) {
			this.subscription = pubSub.follow(topic, executor, this);
		}
	}

	void add(Member member) {
		this.members.put(member, new Service.Live(member));
	}

	/**
	 * Add a member that catches up first. The fan-out must have subscribed.
	 * @param request what its client wants
	 */
	void add(Member member, HistoryRequest request) {
		if (this.subscription instanceof HistorySubscription history) {
			CatchUpJoin join = new CatchUpJoin(member, request, history, this);
			this.members.put(member, join);
			this.catchingUp.add(join);
			join.begin();
		}
		else {
			add(member);
		}
	}

	/** Return the frames that members share while they catch up. */
	ReplayFrames replayFrames() {
		return this.replayFrames;
	}

	/** A member does not catch up any more. It runs in the mailbox of the topic. */
	void ended(CatchUpJoin join) {
		this.catchingUp.remove(join);
		if (this.catchingUp.isEmpty()) {
			this.replayFrames.clear();
		}
	}

	boolean serves(Member member, Service service) {
		return this.members.get(member) == service;
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
		// the order matters: a message taken in between is counted twice, which is safe,
		// and never missed
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
		execute(present, task);
	}

	/**
	 * Run a task after the messages that wait for a member now, those that are held back
	 * until it has caught up as well.
	 */
	void afterBroadcasts(Member member, Runnable task) {
		afterBroadcasts(() -> {
			Service service = this.members.get(member);
			if (service != null) {
				service.after(task);
			}
			else {
				task.run();
			}
		});
	}

	void execute(Subscription present, Runnable task) {
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

	boolean isIdle(Member member) {
		Service service = this.members.get(member);
		return isIdle() && (service == null || !service.holds());
	}

	@Override
	public void message(TopicMessage message) {
		this.taken = this.taken + 1; // one thread at a time
		if (message.event() == null) {
			flush();
			serve((service) -> service.plain(message));
		}
		else {
			if (this.taps.areOpen()) {
				this.taps.delivered(message, this.members.size());
			}
			this.batch.add(message);
			this.batchSize += message.bytes().remaining();
			if (this.batchSize < BATCH_SIZE && moreWaits()) {
				return;
			}
			flush();
		}
		this.delivered = this.taken;
	}

	@Override
	public void gap(TopicGap gap) {
		this.taken = this.taken + gap.count();
		flush();
		serve(Service::gap);
		this.delivered = this.taken;
	}

	private boolean moreWaits() {
		// waiting() includes the current message; the first one may come before the
		// subscription is set
		Subscription present = this.subscription;
		if (present == null || present.waiting() <= 1) {
			return false;
		}
		// a task that reads a history may find that all was read
		if (present instanceof HistorySubscription && this.flushing.compareAndSet(false, true)) {
			present.execute(() -> {
				this.flushing.set(false);
				flush();
				this.delivered = this.taken;
			});
		}
		return true;
	}

	private void flush() {
		if (this.batch.isEmpty()) {
			return;
		}
		try {
			BroadcastBatch broadcasts = new BroadcastBatch(this.batch);
			serve((service) -> service.broadcasts(broadcasts));
		}
		finally {
			this.batch.clear();
			this.batchSize = 0;
		}
	}

	private void serve(Consumer<Service> delivery) {
		for (Map.Entry<Member, Service> entry : this.members.entrySet()) {
			serve(entry.getKey(), () -> delivery.accept(entry.getValue()));
		}
	}

	// a member that fails must not stop the others
	static void serve(Member member, Runnable delivery) {
		try {
			delivery.run();
		}
		catch (Throwable ex) {
			member.deliveryFailed(ex);
		}
	}

}
