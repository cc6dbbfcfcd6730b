package io.clusterspring.stomp;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * The users of all other nodes, by name. Changed by one thread, and read by any thread.
 */
final class RemoteUsers {

	private final Map<String, Map<String, RemoteSession>> users = new ConcurrentHashMap<>();

	// sessions of two nodes may have the same id, because SockJS clients choose it
	private static String key(RemoteSession session) {
		return session.getId() + '@' + session.node();
	}

	void connected(RemoteSession session) {
		this.users.compute(session.getUser().getName(), (name, present) -> {
			Map<String, RemoteSession> sessions = (present != null) ? new HashMap<>(present) : new HashMap<>(2);
			sessions.put(key(session), session);
			return sessions;
		});
	}

	void disconnected(RemoteSession session) {
		this.users.computeIfPresent(session.getUser().getName(), (name, present) -> {
			Map<String, RemoteSession> sessions = new HashMap<>(present);
			sessions.remove(key(session));
			return sessions.isEmpty() ? null : sessions;
		});
	}

	Set<String> names() {
		return this.users.keySet();
	}

	boolean contains(String user) {
		return this.users.containsKey(user);
	}

	Collection<RemoteSession> sessions(String user) {
		Map<String, RemoteSession> sessions = this.users.get(user);
		return (sessions != null) ? sessions.values() : Set.of();
	}

	@Nullable RemoteSession session(String user, String sessionId) {
		return sessions(user).stream().filter((session) -> session.getId().equals(sessionId)).findAny().orElse(null);
	}

	Set<Node> nodes(String user) {
		return sessions(user).stream().map(RemoteSession::node).collect(Collectors.toUnmodifiableSet());
	}

	void forEach(Consumer<RemoteSession> action) {
		this.users.values().forEach((sessions) -> sessions.values().forEach(action));
	}

}
