package io.clusterspring.revocation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * When the HTTP sessions of the sockets of this node have to be looked at: a session that
 * is used elsewhere lives longer than was known when its socket was opened. Thread-safe;
 * takes the time from its callers.
 */
final class SessionDeadlines {

	private final Map<String, Watched> sessions = new HashMap<>();

	/**
	 * A socket was registered.
	 * @param session the session of its request
	 * @param present the hash of the present id of that session
	 * @param now the time
	 */
	synchronized void opened(SocketOrigin.Session session, String present, long now) {
		String id = session.hash().equals(present) ? session.id() : null;
		Watched known = this.sessions.get(present);
		if (session.present() && (known == null || id != null)) {
			Long deadline = (session.left() != null) ? now + session.left().toNanos() : null;
			this.sessions.put(present, new Watched(present, id, deadline));
		}
	}

	/**
	 * A session goes on under another id.
	 * @param from the hash of its id until now
	 * @param to the hash of its new id
	 * @param id the new id, or {@code null} if another node has told of it
	 */
	synchronized void renamed(String from, String to, @Nullable String id) {
		Watched before = this.sessions.remove(from);
		Watched known = this.sessions.get(to);
		if (before != null && (known == null || known.id == null)) {
			this.sessions.put(to, new Watched(to, id, before.deadline));
		}
	}

	/**
	 * The session was found, and lives longer.
	 * @param session the session
	 * @param deadline when to look again, {@code null} for never
	 */
	synchronized void extend(Watched session, @Nullable Long deadline) {
		this.sessions.replace(session.hash, session, new Watched(session.hash, session.id, deadline));
	}

	/**
	 * Have all sessions looked at.
	 * @param now the time
	 */
	synchronized void allDue(long now) {
		this.sessions.replaceAll((hash, session) -> new Watched(hash, session.id, now));
	}

	/**
	 * Forget the sessions that have no socket any more.
	 * @param before the names of the sessions when the others were counted
	 * @param open the sessions of the sockets that were open later
	 */
	synchronized void retain(Set<String> before, Set<String> open) {
		before.stream().filter((hash) -> !open.contains(hash)).forEach(this.sessions::remove);
	}

	synchronized Set<String> names() {
		return Set.copyOf(this.sessions.keySet());
	}

	synchronized List<Watched> all() {
		return new ArrayList<>(this.sessions.values());
	}

	/**
	 * A session with an open socket.
	 *
	 * @param hash its name
	 * @param id its id, or {@code null} if this node does not know it
	 * @param deadline when it has expired unless it was used, {@code null} for never
	 */
	record Watched(String hash, @Nullable String id, @Nullable Long deadline) {

		boolean isDue(long now) {
			return this.deadline != null && now - this.deadline >= 0;
		}

		@Override
		public String toString() {
			return "session " + this.hash;
		}

	}

}
