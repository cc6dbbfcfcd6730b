package io.clusterspring.channel;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

import io.clusterspring.pubsub.PubSub;

/**
 * The members of all topics on this node. Each topic has one subscription for all of its
 * members.
 */
final class ChannelHub {

	private final PubSub pubSub;

	private final Executor deliveries;

	private final ConcurrentMap<String, ChannelFanout> topics = new ConcurrentHashMap<>();

	ChannelHub(PubSub pubSub, Executor deliveries) {
		this.pubSub = pubSub;
		this.deliveries = deliveries;
	}

	void join(JoinedChannel channel) {
		this.topics.compute(channel.topic(), (topic, present) -> {
			ChannelFanout fanout = (present != null) ? present : new ChannelFanout();
			fanout.add(channel);
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
	BooleanSupplier caughtUp() {
		List<BooleanSupplier> all = this.topics.values().stream().map(ChannelFanout::caughtUp).toList();
		return () -> all.stream().allMatch(BooleanSupplier::getAsBoolean);
	}

	/**
	 * Run a task after the broadcasts of a topic that wait for its members now. It runs
	 * at once if the topic has no members.
	 * @param topic the topic
	 * @param task the task
	 */
	void afterBroadcasts(String topic, Runnable task) {
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
	 * @param topic the topic
	 * @return {@code true} if all broadcasts were delivered to the members
	 */
	boolean isIdle(String topic) {
		ChannelFanout fanout = this.topics.get(topic);
		return fanout == null || fanout.isIdle();
	}

	void leave(JoinedChannel channel) {
		this.topics.computeIfPresent(channel.topic(), (topic, fanout) -> fanout.remove(channel) ? null : fanout);
	}

}
