package io.clusterspring.channel.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.tap.Taps;
import io.clusterspring.pubsub.PubSub;

/**
 * The members of all topics on this node. Each topic has one subscription for all of its
 * members.
 */
public final class ChannelHub {

	private final PubSub pubSub;

	private final Executor deliveries;

	private final Taps taps;

	private final ConcurrentMap<String, ChannelFanout> topics = new ConcurrentHashMap<>();

	/**
	 * Create a hub without members.
	 * @param pubSub connects the members with other nodes
	 * @param deliveries delivers broadcasts to the members
	 * @param taps follow broadcasts
	 */
	public ChannelHub(PubSub pubSub, Executor deliveries, Taps taps) {
		this.pubSub = pubSub;
		this.deliveries = deliveries;
		this.taps = taps;
	}

	/** Return the taps, which follow messages of clients as well. */
	public Taps taps() {
		return this.taps;
	}

	/** Return whether a topic has a history, so that members may catch up. */
	public boolean hasHistory(String topic) {
		return this.pubSub.hasHistory(topic);
	}

	/**
	 * Subscribe to a topic, unless it has members, so that all nodes send its broadcasts
	 * here before a member is told that it has joined.
	 * @param topic the topic
	 * @return keeps the subscription until it is closed
	 */
	public OpenTopic open(String topic) {
		List<CompletionStage<@Nullable Void>> ready = new ArrayList<>(1);
		this.topics.compute(topic, (key, present) -> {
			ChannelFanout fanout = (present != null) ? present : new ChannelFanout(this.taps);
			fanout.subscribe(this.pubSub, topic, this.deliveries);
			ready.add(fanout.open());
			return fanout;
		});
		return new OpenTopic(ready.get(0),
				() -> this.topics.computeIfPresent(topic, (key, fanout) -> fanout.close() ? null : fanout));
	}

	/** Add a member to its topic. If its client wants to catch up, it does so first. */
	public void join(Member member) {
		HistoryRequest request = member.followed().request();
		this.topics.compute(member.topic(), (topic, present) -> {
			ChannelFanout fanout = (present != null) ? present : new ChannelFanout(this.taps);
			if (request == null) {
				fanout.add(member);
			}
			fanout.subscribe(this.pubSub, topic, this.deliveries);
			if (request != null) {
				fanout.add(member, request);
			}
			return fanout;
		});
	}

	/**
	 * Return a condition that becomes true when the messages that wait for members now
	 * are delivered.
	 * @return the condition; later messages do not delay it
	 */
	public BooleanSupplier caughtUp() {
		List<BooleanSupplier> all = this.topics.values().stream().map(ChannelFanout::caughtUp).toList();
		return () -> all.stream().allMatch(BooleanSupplier::getAsBoolean);
	}

	/**
	 * Run a task after the broadcasts of a topic that wait for its members now. It runs
	 * at once if the topic has no members.
	 */
	public void afterBroadcasts(String topic, Runnable task) {
		ChannelFanout fanout = this.topics.get(topic);
		if (fanout != null) {
			fanout.afterBroadcasts(task);
		}
		else {
			task.run();
		}
	}

	/**
	 * Run a task after the broadcasts that wait for a member now. It runs at once if the
	 * member's topic has no members.
	 */
	public void afterBroadcasts(Member member, Runnable task) {
		ChannelFanout fanout = this.topics.get(member.topic());
		if (fanout != null) {
			fanout.afterBroadcasts(member, task);
		}
		else {
			task.run();
		}
	}

	/**
	 * Return whether no broadcast waits for a member.
	 * @return {@code true} if all broadcasts of its topic were delivered
	 */
	public boolean isIdle(Member member) {
		ChannelFanout fanout = this.topics.get(member.topic());
		return fanout == null || fanout.isIdle(member);
	}

	/** Remove a member from its topic. */
	public void leave(Member member) {
		this.topics.computeIfPresent(member.topic(), (topic, fanout) -> fanout.remove(member) ? null : fanout);
	}

}
