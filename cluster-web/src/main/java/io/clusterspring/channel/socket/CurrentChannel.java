package io.clusterspring.channel.socket;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

import io.clusterspring.channel.Channels;
import io.clusterspring.history.MessagePosition;

/**
 * The channel whose handler runs on the current thread. With it, a broadcast through
 * {@link Channels} is recognized as the channel's own broadcast.
 */
final class CurrentChannel {

	private static final ThreadLocal<@Nullable JoinedChannel> CURRENT = new ThreadLocal<>();

	private static final ThreadLocal<@Nullable JsonNode> REF = new ThreadLocal<>();

	private CurrentChannel() {
	}

	static void call(JoinedChannel channel, ChannelProcess.Step handler) throws Exception {
		CURRENT.set(channel);
		try {
			handler.run();
		}
		finally {
			CURRENT.set(null);
		}
	}

	/**
	 * Handle a message of the topic's history. The pushes that are made meanwhile carry
	 * its position.
	 */
	static void handling(@Nullable MessagePosition position, ChannelProcess.Step handler) throws Exception {
		REF.set((position != null) ? StringNode.valueOf(position.toString()) : null);
		try {
			handler.run();
		}
		finally {
			REF.set(null);
		}
	}

	/** Return the reference of a push that a channel makes now. */
	static JsonNode ref(JoinedChannel channel) {
		JsonNode ref = REF.get();
		return (ref != null && CURRENT.get() == channel) ? ref : NullNode.instance;
	}

	/** Record a broadcast that was just sent. */
	static void broadcast(String topic) {
		JoinedChannel channel = CURRENT.get();
		if (channel != null && channel.topic().equals(topic)) {
			channel.broadcastMade();
		}
	}

}
