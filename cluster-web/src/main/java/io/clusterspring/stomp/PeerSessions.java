package io.clusterspring.stomp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.user.SimpUser;

import io.clusterspring.Node;

/**
 * The replicated sessions of another node. Changes are applied in the order of their
 * numbers. Early changes are kept until the whole state fills the gap before them.
 * Methods that return a {@code boolean} return whether to request that state. Not
 * thread-safe.
 */
final class PeerSessions {

	/** The maximum number of early changes. */
	private static final int MAX_EARLY = 65_536;

	private final Node node;

	private final Function<String, SimpUser> users;

	private final SessionListener listener;

	private final Map<String, RemoteSession> sessions = new HashMap<>();

	private final TreeMap<Long, SessionFrame.Delta> early = new TreeMap<>();

	private int earlyChanges;

	private @Nullable List<SessionOp> parts;

	private int expectedPart;

	private boolean asked;

	private boolean known;

	private long incarnation;

	private long sequence;

	PeerSessions(Node node, Function<String, SimpUser> users, SessionListener listener) {
		this.node = node;
		this.users = users;
		this.listener = listener;
	}

	boolean meet() {
		this.asked = true;
		return true;
	}

	boolean delta(SessionFrame.Delta delta) {
		if (this.known && delta.incarnation() == this.incarnation && delta.sequence() <= this.sequence) {
			return false;
		}
		if (!this.early.isEmpty() && this.early.firstEntry().getValue().incarnation() != delta.incarnation()
				|| this.earlyChanges >= MAX_EARLY) {
			this.early.clear();
			this.earlyChanges = 0;
		}
		if (this.early.put(delta.sequence(), delta) == null) {
			this.earlyChanges += weight(delta);
		}
		return applyEarly();
	}

	boolean digest(SessionFrame.Digest digest) {
		boolean behind = !this.known || digest.incarnation() != this.incarnation || digest.sequence() > this.sequence;
		this.asked = behind;
		return behind;
	}

	boolean state(SessionFrame.State state) {
		if (state.index() == 0) {
			this.parts = new ArrayList<>();
			this.expectedPart = 0;
		}
		List<SessionOp> collected = this.parts;
		if (collected == null || state.index() != this.expectedPart++) {
			this.parts = null;
			return false;
		}
		collected.addAll(state.ops());
		if (!state.last()) {
			return false;
		}
		this.parts = null;
		this.asked = false;
		boolean old = this.known && state.incarnation() == this.incarnation && state.sequence() < this.sequence;
		if (!old) {
			replace(collected);
			this.known = true;
			this.incarnation = state.incarnation();
			this.sequence = state.sequence();
		}
		return applyEarly();
	}

	void clear() {
		replace(List.of());
	}

	int earlyChanges() {
		return this.earlyChanges;
	}

	private boolean applyEarly() {
		this.early.values().removeIf((delta) -> isApplied(delta));
		this.earlyChanges = this.early.values().stream().mapToInt(PeerSessions::weight).sum();
		while (!this.early.isEmpty() && isNext(this.early.firstEntry().getValue())) {
			SessionFrame.Delta next = this.early.pollFirstEntry().getValue();
			next.ops().forEach((op) -> apply(op, this.sessions, this.listener));
			this.earlyChanges -= weight(next);
			this.sequence = next.sequence();
		}
		boolean ask = !this.early.isEmpty() && !this.asked;
		this.asked |= ask;
		return ask;
	}

	private static int weight(SessionFrame.Delta delta) {
		return delta.ops().size() + 1;
	}

	private boolean isApplied(SessionFrame.Delta delta) {
		return this.known && delta.incarnation() == this.incarnation && delta.sequence() <= this.sequence;
	}

	private boolean isNext(SessionFrame.Delta delta) {
		return this.known && delta.incarnation() == this.incarnation && delta.sequence() == this.sequence + 1;
	}

	private void replace(List<SessionOp> ops) {
		Map<String, RemoteSession> fresh = new HashMap<>();
		ops.forEach((op) -> apply(op, fresh, null));
		for (RemoteSession session : List.copyOf(this.sessions.values())) {
			RemoteSession same = fresh.get(session.getId());
			if (same == null || !same.getUser().getName().equals(session.getUser().getName())) {
				this.sessions.remove(session.getId());
				this.listener.disconnected(session);
			}
			else {
				session.subscribeAs(same);
				fresh.remove(session.getId());
			}
		}
		fresh.values().forEach((session) -> {
			this.sessions.put(session.getId(), session);
			this.listener.connected(session);
		});
	}

	private void apply(SessionOp op, Map<String, RemoteSession> target, @Nullable SessionListener observer) {
		RemoteSession session = target.get(op.sessionId());
		if (op instanceof SessionOp.Connected connected && session == null) {
			RemoteSession added = new RemoteSession(this.node, op.sessionId(), this.users.apply(connected.user()));
			target.put(op.sessionId(), added);
			if (observer != null) {
				observer.connected(added);
			}
		}
		else if (op instanceof SessionOp.Disconnected && session != null) {
			target.remove(op.sessionId());
			if (observer != null) {
				observer.disconnected(session);
			}
		}
		else if (op instanceof SessionOp.Subscribed subscribed && session != null) {
			session.subscribe(subscribed.id(), subscribed.destination());
		}
		else if (op instanceof SessionOp.Unsubscribed unsubscribed && session != null) {
			session.unsubscribe(unsubscribed.id());
		}
	}

}
