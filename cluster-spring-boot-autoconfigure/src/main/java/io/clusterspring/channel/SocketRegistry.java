package io.clusterspring.channel;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.springframework.util.Assert;

import io.clusterspring.pubsub.PubSub;

/**
 * The sockets of this node, and the word between nodes that closes those of an id. The
 * word is a plain payload on a topic of its own, which no client can join: what a client
 * sends never gets there.
 */
final class SocketRegistry {

	/** Where ids to disconnect are called out. */
	static final String TOPIC = "cluster:disconnect";

	private final PubSub pubSub;

	private final Set<ChannelSocket> sockets = ConcurrentHashMap.newKeySet();

	private final ConcurrentMap<String, Set<ChannelSocket>> byId = new ConcurrentHashMap<>();

	SocketRegistry(PubSub pubSub) {
		this.pubSub = pubSub;
		pubSub.subscribe(TOPIC, String.class, this::close);
	}

	void add(ChannelSocket socket) {
		this.sockets.add(socket);
		String id = socket.accepted().id();
		if (id != null) {
			this.byId.compute(id, (key, present) -> {
				Set<ChannelSocket> sharing = (present != null) ? present : ConcurrentHashMap.newKeySet(1);
				sharing.add(socket);
				return sharing;
			});
		}
	}

	void remove(ChannelSocket socket) {
		String id = socket.accepted().id();
		if (this.sockets.remove(socket) && id != null) {
			this.byId.computeIfPresent(id, (key, sharing) -> {
				sharing.remove(socket);
				return sharing.isEmpty() ? null : sharing;
			});
		}
	}

	/**
	 * Close the sockets of an id on all nodes.
	 * @param id the id
	 */
	void disconnect(String id) {
		Assert.hasLength(id, "Socket id must not be empty");
		this.pubSub.broadcast(TOPIC, id);
	}

	Set<ChannelSocket> sockets() {
		return this.sockets;
	}

	private void close(String id) {
		this.byId.getOrDefault(id, Set.of()).forEach(ChannelSocket::disconnect);
	}

}
