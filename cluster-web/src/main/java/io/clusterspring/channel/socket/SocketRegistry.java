package io.clusterspring.channel.socket;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.clusterspring.revocation.RevocableSockets;
import io.clusterspring.revocation.RevocationKey;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.revocation.SocketOrigin;

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
	 * Record that a refresh has changed the id of a socket. The socket has both ids for a
	 * moment, never none. It is closed if its new id was disconnected meanwhile.
	 * @param socket the socket, which is open
	 * @param from its former id, or {@code null}
	 * @param to its id from now on, or {@code null}
	 * @param since when the refresh has arrived
	 */
	void renamed(ChannelSocket socket, @Nullable String from, @Nullable String to, SocketOrigin since) {
		if (!Objects.equals(from, to)) {
			if (to != null) {
				this.revocable.addKey(socket, RevocationKey.socketId(to), since);
			}
			if (from != null) {
				this.revocable.removeKey(socket, RevocationKey.socketId(from));
			}
		}
	}

	/**
	 * Close the sockets with a key on all nodes.
	 * @param key the key
	 */
	void disconnect(RevocationKey key) {
		this.revocations.revoke(key);
	}

	/**
	 * Close the sockets with a key on all nodes, if their requests have arrived before a
	 * moment.
	 * @param key the key
	 * @param at the moment, by {@link System#nanoTime()}
	 */
	void disconnect(RevocationKey key, long at) {
		this.revocations.revoke(key, at);
	}

	/**
	 * Close the sockets with a key on this node only.
	 * @return how many these are
	 */
	int disconnectHere(RevocationKey key) {
		return this.revocations.closeHere(key);
	}

	Set<ChannelSocket> sockets() {
		return this.sockets;
	}

}
