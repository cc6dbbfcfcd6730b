package io.clusterspring.stomp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.user.SimpUser;

import io.clusterspring.Node;
import io.clusterspring.replication.Replica;

/**
 * The replicated sessions of another node. Its state is the changes that create it. Not
 * thread-safe.
 */
final class PeerSessions implements Replica<SessionOp, SessionOp> {

	private final Node node;

	private final Function<String, SimpUser> users;

	private final RemoteUsers remote;

	private final Consumer<StompSessionEvent> events;

	private final Map<String, RemoteSession> sessions = new HashMap<>();

	private final Set<String> anonymous = new HashSet<>();

	PeerSessions(Node node, Function<String, SimpUser> users, RemoteUsers remote, Consumer<StompSessionEvent> events) {
		this.node = node;
		this.users = users;
		this.remote = remote;
		this.events = events;
	}

	@Override
	public void apply(SessionOp op) {
		RemoteSession session = this.sessions.get(op.sessionId());
		if (op instanceof SessionOp.AnonymousConnected) {
			addAnonymous(op.sessionId());
		}
		else if (op instanceof SessionOp.AnonymousDisconnected) {
			removeAnonymous(op.sessionId());
		}
		else if (op instanceof SessionOp.Connected connected && session == null) {
			add(session(connected));
		}
		else if (op instanceof SessionOp.Disconnected && session != null) {
			remove(session);
		}
		else if (session != null) {
			subscribe(session, op);
		}
	}

	/** Replace all sessions. A session that remains is not reported again. */
	@Override
	public void replace(long after, long end, List<SessionOp> ops) {
		Map<String, RemoteSession> fresh = new HashMap<>();
		Set<String> freshAnonymous = new HashSet<>();
		for (SessionOp op : ops) {
			if (op instanceof SessionOp.AnonymousConnected) {
				freshAnonymous.add(op.sessionId());
			}
			else if (op instanceof SessionOp.Connected connected) {
				fresh.putIfAbsent(op.sessionId(), session(connected));
			}
			else if (fresh.containsKey(op.sessionId())) {
				subscribe(fresh.get(op.sessionId()), op);
			}
		}
		for (RemoteSession session : List.copyOf(this.sessions.values())) {
			RemoteSession same = fresh.get(session.getId());
			if (same == null || !same.getUser().getName().equals(session.getUser().getName())) {
				remove(session);
			}
			else {
				session.subscribeAs(same);
				fresh.remove(session.getId());
			}
		}
		fresh.values().forEach(this::add);
		List.copyOf(this.anonymous)
			.stream()
			.filter((id) -> !freshAnonymous.contains(id))
			.forEach(this::removeAnonymous);
		freshAnonymous.forEach(this::addAnonymous);
	}

	private void addAnonymous(String sessionId) {
		if (this.anonymous.add(sessionId)) {
			this.events.accept(new AnonymousSessionConnected(this.node, sessionId));
		}
	}

	private void removeAnonymous(String sessionId) {
		if (this.anonymous.remove(sessionId)) {
			this.events.accept(new AnonymousSessionDisconnected(this.node, sessionId));
		}
	}

	private RemoteSession session(SessionOp.Connected connected) {
		return new RemoteSession(this.node, connected.sessionId(), this.users.apply(connected.user()));
	}

	private static void subscribe(RemoteSession session, SessionOp op) {
		if (op instanceof SessionOp.Subscribed subscribed) {
			session.subscribe(subscribed.id(), subscribed.destination());
		}
		else if (op instanceof SessionOp.Unsubscribed unsubscribed) {
			session.unsubscribe(unsubscribed.id());
		}
	}

	private void add(RemoteSession session) {
		this.sessions.put(session.getId(), session);
		this.remote.connected(session);
		this.events.accept(new UserSessionConnected(this.node, session.getUser().getName(), session.getId()));
	}

	private void remove(RemoteSession session) {
		this.sessions.remove(session.getId());
		this.remote.disconnected(session);
		this.events.accept(new UserSessionDisconnected(this.node, session.getUser().getName(), session.getId()));
	}

	/**
	 * Puts the parts of another node's state together. Not thread-safe.
	 */
	static final class StateParts {

		private static final int NONE = -1;

		private List<SessionOp> ops = List.of();

		private int next = NONE;

		/**
		 * Add a part. The first part starts a new state; after a missing part all others
		 * are ignored.
		 * @return the whole state after its last part, otherwise {@code null}
		 */
		@Nullable List<SessionOp> add(SessionFrame.State part) {
			if (part.index() == 0) {
				this.ops = new ArrayList<>();
				this.next = 0;
			}
			boolean missing = part.index() != this.next;
			this.next = (missing || part.last()) ? NONE : this.next + 1;
			if (missing) {
				this.ops = List.of();
				return null;
			}
			this.ops.addAll(part.ops());
			List<SessionOp> all = this.ops;
			if (part.last()) {
				this.ops = List.of();
				return all;
			}
			return null;
		}

	}

}
