package io.clusterspring.channel;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.springframework.test.util.ReflectionTestUtils;

import io.clusterspring.channel.fanout.ChannelHub;
import io.clusterspring.channel.limit.PendingMessages;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.socket.SocketSession;

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
		return (Map<?, ?>) field(hub(server), "topics");
	}

	/**
	 * Return the topics the node has subscribed to.
	 */
	static Set<?> subscriptions(ChannelServer server) {
		return ((Map<?, ?>) field(field(field(server, "pubSub"), "registry"), "topics")).keySet();
	}

	/**
	 * Return the channels of a connection.
	 */
	static Map<?, ?> channels(SocketSession session) {
		return (Map<?, ?>) field(session, "channels");
	}

	/**
	 * Return the sockets of the node.
	 */
	static Set<?> sockets(ChannelServer server) {
		return (Set<?>) field(shared(server, "registry"), "sockets");
	}

	/**
	 * Return what can revoke sockets of the node, at this moment.
	 */
	static Map<?, ?> revocable(ChannelServer server) {
		Object index = field(shared(server, "registry"), "revocable");
		synchronized (index) {
			return new HashMap<>((Map<?, ?>) field(index, "byKey"));
		}
	}

	static ChannelHub hub(ChannelServer server) {
		return (ChannelHub) shared(server, "hub");
	}

	static PendingMessages.Abandoned abandoned(ChannelServer server) {
		return (PendingMessages.Abandoned) shared(server, "abandoned");
	}

	private static Object shared(ChannelServer server, String part) {
		return field(field(field(server, "sockets"), "context"), part);
	}

	private static Object field(Object owner, String name) {
		return Objects.requireNonNull(ReflectionTestUtils.getField(owner, name));
	}

}
