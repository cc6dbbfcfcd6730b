package io.clusterspring.channel;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.springframework.test.util.ReflectionTestUtils;

/**
 * Reads the internal state of a server, to find entries that should have been removed.
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
	static Set<?> subscriptions(ChannelServer server) {
		return map(Objects.requireNonNull(ReflectionTestUtils.getField(server.pubSub(), "registry")), "topics")
			.keySet();
	}

	/**
	 * Return the channels of a connection.
	 */
	static Map<?, ?> channels(SocketSession session) {
		return map(session, "channels");
	}

	/**
	 * Return the sockets of the node.
	 */
	static Set<?> sockets(ChannelServer server) {
		return (Set<?>) Objects.requireNonNull(ReflectionTestUtils.getField(server.sockets(), "sockets"));
	}

	/**
	 * Return the ids that sockets of the node have.
	 */
	static Map<?, ?> socketIds(ChannelServer server) {
		return map(server.sockets(), "byId");
	}

	private static Map<?, ?> map(Object owner, String field) {
		return (Map<?, ?>) Objects.requireNonNull(ReflectionTestUtils.getField(owner, field));
	}

}
