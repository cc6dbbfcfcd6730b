package io.clusterspring.channel;

import java.util.Map;
import java.util.Objects;

import org.springframework.test.util.ReflectionTestUtils;

/**
 * Looks into a server for what should be gone.
 */
final class ChannelLeaks {

	private ChannelLeaks() {
	}

	/**
	 * Return the topics that have members.
	 */
	static Map<?, ?> topics(ChannelServer server) {
		return map(server.hub(), "topics");
	}

	/**
	 * Return the topics the node has subscribed to.
	 */
	static Map<?, ?> subscriptions(ChannelServer server) {
		return map(Objects.requireNonNull(ReflectionTestUtils.getField(server.pubSub(), "registry")), "topics");
	}

	/**
	 * Return the channels of a connection.
	 */
	static Map<?, ?> channels(SocketSession session) {
		return map(session, "channels");
	}

	private static Map<?, ?> map(Object owner, String field) {
		return (Map<?, ?>) Objects.requireNonNull(ReflectionTestUtils.getField(owner, field));
	}

}
