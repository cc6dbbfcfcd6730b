package io.clusterspring.channel.socket;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.clusterspring.revocation.RevocableSockets;
import io.clusterspring.revocation.RevocationKey;
import io.clusterspring.revocation.Revocations;

/**
 * The sockets of this node, by what can revoke them. Thread-safe.
 */
final class SocketRegistry {

	private final Set<ChannelSocket> sockets = ConcurrentHashMap.newKeySet();

	private final Revocations revocations;

	private final RevocableSockets<ChannelSocket> revocable;

	SocketRegistry(Revocations revocations) {
		this.revocations = revocations;
		this.revocable = revocations.sockets(ChannelSocket::disconnect);
	}

	void add(ChannelSocket socket, AcceptedSocket accepted) {
		this.sockets.add(socket);
		this.revocable.add(socket, accepted.keys(), accepted.origin());
	}

	void remove(ChannelSocket socket) {
		this.sockets.remove(socket);
		this.revocable.remove(socket);
	}

	/**
	 * Close the sockets with a key on all nodes.
	 * @param key the key
	 */
	void disconnect(RevocationKey key) {
		this.revocations.revoke(key);
	}

	Set<ChannelSocket> sockets() {
		return this.sockets;
	}

}
