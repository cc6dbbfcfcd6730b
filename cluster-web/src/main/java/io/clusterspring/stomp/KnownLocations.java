package io.clusterspring.stomp;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * The locations of users, from the replicated state of this node. Thread-safe.
 */
final class KnownLocations implements UserLocations {

	private final LocalSessions local;

	private final RemoteUsers remote;

	KnownLocations(LocalSessions local, RemoteUsers remote) {
		this.local = local;
		this.remote = remote;
	}

	@Override
	public boolean isLocal(String sessionId) {
		return this.local.contains(sessionId);
	}

	@Override
	public boolean isLocal(String user, String sessionId) {
		return this.local.contains(user, sessionId);
	}

	@Override
	public @Nullable Node nodeOf(String user, String sessionId) {
		RemoteSession session = this.remote.session(user, sessionId);
		return (session != null) ? session.node() : null;
	}

	@Override
	public Set<Node> nodesOf(String user) {
		return this.remote.nodes(user);
	}

}
