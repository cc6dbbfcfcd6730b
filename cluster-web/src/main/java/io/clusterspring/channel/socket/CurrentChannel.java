package io.clusterspring.channel.socket;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.Channels;

/**
 * The channel whose handler runs on the current thread. With it, a broadcast through
 * {@link Channels} is recognized as the channel's own broadcast.
 */
final class CurrentChannel {

	private static final ThreadLocal<@Nullable JoinedChannel> CURRENT = new ThreadLocal<>();

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

	/** Record a broadcast that was just sent. */
	static void broadcast(String topic) {
		JoinedChannel channel = CURRENT.get();
		if (channel != null && channel.topic().equals(topic)) {
			channel.broadcastMade();
		}
	}

}
