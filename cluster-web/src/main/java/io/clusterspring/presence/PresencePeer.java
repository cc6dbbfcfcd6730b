package io.clusterspring.presence;

import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * Another node of the view: the replica of its state, and the pending request to it. Not
 * thread-safe.
 */
final class PresencePeer {

	private final Node node;

	private final LongSupplier tokens;

	private @Nullable PresenceReplica replica;

	private PresenceMessage.@Nullable Ask asked;

	private boolean overdue;

	PresencePeer(Node node, LongSupplier tokens) {
		this.node = node;
		this.tokens = tokens;
	}

	@Nullable PresenceReplica replica() {
		return this.replica;
	}

	boolean isComplete() {
		return this.replica != null && this.asked == null;
	}

	/**
	 * Request the whole state, unless such a request is pending.
	 * @param out sends the request
	 */
	void askForAll(PresenceOutbox out) {
		if (this.asked == null || this.asked.after() != 0) {
			ask(0, out);
		}
	}

	private void ask(long after, PresenceOutbox out) {
		this.asked = new PresenceMessage.Ask(this.tokens.getAsLong(), after);
		this.overdue = false;
		out.send(this.node, this.asked);
	}

	/**
	 * Called at every heartbeat. A request without an answer since the last call is sent
	 * again.
	 * @param out sends the request
	 */
	void tick(PresenceOutbox out) {
		if (this.asked != null && this.overdue) {
			ask(this.asked.after(), out);
		}
		this.overdue = this.asked != null;
	}

	void receive(PresenceMessage.Beat beat, PresenceOutbox out) {
		PresenceReplica known = this.replica;
		if (known == null || known.origin().incarnation() != beat.incarnation() || known.clock() < beat.clock()) {
			askForAll(out);
		}
	}

	void receive(PresenceDelta delta, PresenceOutbox out) {
		PresenceReplica known = this.replica;
		if (known == null || known.origin().incarnation() != delta.incarnation() || !known.apply(delta)) {
			askForAll(out);
		}
	}

	void receive(PresenceMessage.Page page, PresenceReplica fresh, PresenceOutbox out) {
		if (this.asked == null || this.asked.token() != page.token()) {
			return;
		}
		long after = this.asked.after();
		PresenceReplica known = this.replica;
		if (known == null || known.origin().incarnation() != page.incarnation()) {
			clear();
			if (after != 0) {
				ask(0, out);
				return;
			}
			known = fresh;
			this.replica = fresh;
		}
		this.asked = null;
		if (after == 0) {
			known.clock(page.clock());
		}
		known.replace(after, page);
		if (page.more()) {
			ask(page.end(), out);
		}
	}

	void clear() {
		if (this.replica != null) {
			this.replica.clear();
			this.replica = null;
		}
	}

}
