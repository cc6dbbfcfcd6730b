package io.clusterspring.channel;

import org.jspecify.annotations.Nullable;

/**
 * The channel whose handler runs on a thread, so that broadcasts are known for its own
 * that it does not make through the channel.
 */
final class CurrentChannel {

	private static final ThreadLocal<@Nullable JoinedChannel> CURRENT = new ThreadLocal<>();

	private CurrentChannel() {
	}

	static void call(JoinedChannel channel, ThrowingRunnable handler) throws Exception {
		CURRENT.set(channel);
		try {
			handler.run();
		}
		finally {
			CURRENT.set(null);
		}
	}

	/**
	 * Take note of a broadcast that is on its way now.
	 * @param topic the topic
	 */
	static void broadcast(String topic) {
		JoinedChannel channel = CURRENT.get();
		if (channel != null && channel.topic().equals(topic)) {
			channel.broadcastMade();
		}
	}

}
