package io.clusterspring.revocation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The open sockets of one kind on this node, by what can revoke them. Thread-safe.
 *
 * @param <T> the type of a socket
 */
public final class RevocableSockets<T> {

	private static final Log logger = LogFactory.getLog(RevocableSockets.class);

	private final RevocationMemory memory;

	private final Consumer<T> close;

	private final Consumer<SocketOrigin.Session> opened;

	private final Map<T, Held> held = new HashMap<>();

	private final Map<RevocationKey, Set<T>> byKey = new HashMap<>();

	RevocableSockets(RevocationMemory memory, Consumer<T> close, Consumer<SocketOrigin.Session> opened) {
		this.memory = memory;
		this.close = close;
		this.opened = opened;
	}

	/**
	 * Register a socket that is open. It is closed at once if it was revoked after its
	 * request has arrived, or may have been.
	 * @param socket the socket
	 * @param keys what can revoke it, apart from the end of its HTTP session; the
	 * elements may be {@code null}
	 * @param origin where it comes from
	 */
	public void add(T socket, Collection<? extends @Nullable RevocationKey> keys, SocketOrigin origin) {
		SocketOrigin.Session session = origin.session();
		synchronized (this) {
			Held registered = new Held(origin, new LinkedHashSet<>(4));
			this.held.put(socket, registered);
			for (RevocationKey key : keys) {
				link(socket, registered, key);
			}
			link(socket, registered, (session != null) ? RevocationKey.session(session.hash()) : null);
		}
		if (session != null) {
			this.opened.accept(session);
		}
		if (this.memory.isTooOld(origin, System.nanoTime()) || this.memory.hasForgottenSince(origin)) {
			close(socket);
		}
		else {
			closeIfRevoked(socket);
		}
	}

	/**
	 * Register one more key of a socket, if it is still open. It is closed at once if
	 * this key was revoked meanwhile, or may have been.
	 * @param socket the socket
	 * @param key what can revoke it as well
	 * @param since where the request comes from that has brought the key
	 */
	public void addKey(T socket, RevocationKey key, SocketOrigin since) {
		synchronized (this) {
			Held registered = this.held.get(socket);
			if (registered == null) {
				return;
			}
			link(socket, registered, key);
		}
		if (this.memory.hasForgottenSince(since) || this.memory.isRevoked(List.of(this.memory.current(key)), since)) {
			close(socket);
		}
	}

	/**
	 * Forget a key of a socket, which it has no more.
	 * @param socket the socket
	 * @param key what could revoke it until now
	 */
	public synchronized void removeKey(T socket, RevocationKey key) {
		Held registered = this.held.get(socket);
		if (registered != null && registered.keys.remove(key)) {
			unlink(socket, key);
		}
	}

	private void link(T socket, Held registered, @Nullable RevocationKey key) {
		if (key != null) {
			RevocationKey present = this.memory.current(key);
			registered.keys.add(present);
			this.byKey.computeIfAbsent(present, (name) -> new HashSet<>(2)).add(socket);
		}
	}

	private void closeIfRevoked(T socket) {
		Held registered;
		List<RevocationKey> keys;
		synchronized (this) {
			registered = this.held.get(socket);
			keys = (registered != null) ? List.copyOf(registered.keys) : List.of();
		}
		if (registered != null && this.memory.isRevoked(keys, registered.origin)) {
			close(socket);
		}
	}

	private void close(T socket) {
		try {
			this.close.accept(socket);
		}
		catch (RuntimeException ex) {
			logger.error("Cannot close " + socket + ", which was revoked", ex);
		}
	}

	/**
	 * Forget a socket that has closed.
	 * @param socket the socket
	 */
	public synchronized void remove(T socket) {
		Held registered = this.held.remove(socket);
		if (registered != null) {
			registered.keys.forEach((key) -> unlink(socket, key));
		}
	}

	private void unlink(T socket, RevocationKey key) {
		this.byKey.computeIfPresent(key, (name, sharing) -> {
			sharing.remove(socket);
			return sharing.isEmpty() ? null : sharing;
		});
	}

	/**
	 * Close the sockets that a revocation covers, or rename their session.
	 * @param revocation the revocation, which is in the memory
	 * @return how many sockets it covers
	 */
	int apply(Revocation revocation) {
		if (revocation.effect() == Revocation.Effect.RENAME) {
			rename(revocation.key()).forEach(this::closeIfRevoked);
			return 0;
		}
		List<T> revoked = new ArrayList<>();
		synchronized (this) {
			boolean all = revocation.effect() == Revocation.Effect.ALL;
			for (T socket : all ? this.held.keySet() : this.byKey.getOrDefault(revocation.key(), Set.of())) {
				Held registered = this.held.get(socket);
				if (registered != null && revocation.covers(registered.origin)) {
					revoked.add(socket);
				}
			}
		}
		revoked.forEach(this::close);
		return revoked.size();
	}

	private synchronized List<T> rename(RevocationKey from) {
		List<T> moved = List.copyOf(this.byKey.getOrDefault(from, Set.of()));
		for (T socket : moved) {
			Held registered = this.held.get(socket);
			if (registered != null && registered.keys.remove(from)) {
				unlink(socket, from);
				link(socket, registered, from);
			}
		}
		return moved;
	}

	synchronized void collectSessions(Set<String> into) {
		for (RevocationKey key : this.byKey.keySet()) {
			if (key.subject() == RevocationKey.Subject.SESSION) {
				into.add(key.name());
			}
		}
	}

	synchronized boolean has(RevocationKey key) {
		return this.byKey.containsKey(key);
	}

	private record Held(SocketOrigin origin, Set<RevocationKey> keys) {
	}

}
