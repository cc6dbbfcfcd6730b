package io.clusterspring.channel;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.protocol.SocketBroadcast;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.Subscription;
import io.clusterspring.pubsub.TopicMessage;

/**
 * Brings the messages of one topic to its members on this node. A broadcast is written
 * once for each serializer, never for each member; members are walked without a lock.
 */
final class ChannelFanout {

	private final Set<JoinedChannel> members = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Subscription subscription;

	private volatile long delivered;

	void subscribe(PubSub pubSub, String topic) {
		this.subscription = pubSub.subscribe(topic, (message) -> {
			deliver(message);
			// by one thread at a time
			this.delivered = this.delivered + 1;
		});
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
		long target = present.waiting() + this.delivered;
		return () -> this.delivered >= target || present.waiting() == 0;
	}

	private void deliver(TopicMessage message) {
		String event = message.event();
		if (event == null) {
			deliverPlain(message);
			return;
		}
		Map<SocketSerializer, SocketFrame> frames = new IdentityHashMap<>(2);
		SocketPayload payload = new SocketPayload(message.bytes(), message.isBinary());
		SocketBroadcast broadcast = new SocketBroadcast(message.topic(), event, payload);
		for (JoinedChannel member : this.members) {
			if (message.isFrom(member)) {
				continue;
			}
			if (member.handler().intercepts(event)) {
				member.intercept(message);
			}
			else if (member.takes(payload, event)) {
				member
					.deliver(frames.computeIfAbsent(member.serializer(), (serializer) -> serializer.encode(broadcast)));
			}
		}
	}

	private void deliverPlain(TopicMessage message) {
		for (JoinedChannel member : this.members) {
			if (member.handler().hearsMessages() && !message.isFrom(member)) {
				member.intercept(message);
			}
		}
	}

}
