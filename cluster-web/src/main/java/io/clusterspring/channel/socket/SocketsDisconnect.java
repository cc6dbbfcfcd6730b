package io.clusterspring.channel.socket;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.springframework.util.Assert;

import io.clusterspring.inspect.Action;
import io.clusterspring.revocation.RevocationKey;

/**
 * Closes the sockets with an id or of a user. An id is that of a connection, or the one
 * that the application gave to its sockets. Each node counts and closes its own; then all
 * are told as by {@link io.clusterspring.channel.Channels#disconnect}, which also finds
 * the clients that are connecting, and nodes that were silent.
 */
final class SocketsDisconnect implements Action {

	private final SocketRegistry registry;

	SocketsDisconnect(SocketRegistry registry) {
		this.registry = registry;
	}

	@Override
	public String name() {
		return "sockets/disconnect";
	}

	@Override
	public Set<String> parameters() {
		return Set.of("id", "user");
	}

	@Override
	public void check(Map<String, String> parameters) {
		key(parameters).requireSendable();
	}

	private static RevocationKey key(Map<String, String> parameters) {
		Assert.isTrue(parameters.size() == 1, "sockets/disconnect needs either id or user");
		String id = parameters.get("id");
		return (id != null) ? RevocationKey.socketId(id)
				: RevocationKey.socketUser(String.valueOf(parameters.get("user")));
	}

	@Override
	public CompletionStage<Map<String, Object>> act(Map<String, String> parameters) {
		int closed = this.registry.disconnectHere(key(parameters));
		String id = parameters.get("id");
		for (ChannelSocket socket : this.registry.sockets()) {
			if (socket.connection().id().equals(id)) {
				socket.disconnect();
				closed++;
			}
		}
		return CompletableFuture.completedStage(Map.of("closed", (long) closed));
	}

	@Override
	public void conclude(Map<String, String> parameters, long asked) {
		this.registry.disconnect(key(parameters), asked);
	}

}
