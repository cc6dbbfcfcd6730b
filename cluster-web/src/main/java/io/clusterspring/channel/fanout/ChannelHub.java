package io.clusterspring.channel.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.pubsub.PubSub;

/**
 * The members of all topics on this node. Each topic has one subscription for all of its
 * members.
 */
public final class ChannelHub {

	private final PubSub pubSub;

	private final Executor deliveries;

	private final ConcurrentMap<String, ChannelFanout> topics = new ConcurrentHashMap<>();

	/**
	 * Create a hub without members.
	 * @param pubSub connects the members with other nodes
	 * @param deliveries delivers broadcasts to the members
	 */
	public ChannelHub(PubSub pubSub, Executor deliveries) {
		this.pubSub = pubSub;
		this.deliveries = deliveries;
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
			ChannelFanout fanout = subscribed(key, present);
			ready.add(fanout.open());
			return fanout;
		});
		return new OpenTopic(ready.get(0),
				() -> this.topics.computeIfPresent(topic, (key, fanout) -> fanout.close() ? null : fanout));
	}

	private ChannelFanout subscribed(String topic, @Nullable ChannelFanout present) {
		ChannelFanout fanout = (present != null) ? present : new ChannelFanout();
		if (present == null) {
			fanout.subscribe(this.pubSub, topic, this.deliveries);
		}
		return fanout;
	}

	/** Add a member to its topic. */
	public void join(Member member) {
		this.topics.compute(member.topic(), (topic, present) -> {
			ChannelFanout fanout = (present != null) ? present : new ChannelFanout();
			fanout.add(member);
			if (present == null) {
				fanout.subscribe(this.pubSub, topic, this.deliveries);
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
	 * Return whether no broadcast of a topic waits for its members.
	 * @return {@code true} if all broadcasts were delivered to the members
	 */
	public boolean isIdle(String topic) {
		ChannelFanout fanout = this.topics.get(topic);
		return fanout == null || fanout.isIdle();
	}

	/** Remove a member from its topic. */
	public void leave(Member member) {
		this.topics.computeIfPresent(member.topic(), (topic, fanout) -> fanout.remove(member) ? null : fanout);
	}

}
