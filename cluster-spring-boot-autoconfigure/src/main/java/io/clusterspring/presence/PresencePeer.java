package io.clusterspring.presence;

import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * Another node of the view, as far as its state is known here, and what it has been asked
 * for.
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
	 * Ask for the whole state, unless that has been done and the answer is to come.
	 * @param out takes the request
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
	 * Take note that time has passed: what has not been answered since the last time is
	 * asked for again.
	 * @param out takes the request
	 */
	void tick(PresenceOutbox out) {
		if (this.asked != null && this.overdue) {
			ask(this.asked.after(), out);
		}
		this.overdue = this.asked != null;
	}

	void hear(PresenceMessage.Beat beat, PresenceOutbox out) {
		PresenceReplica known = this.replica;
		if (known == null || known.origin().incarnation() != beat.incarnation() || known.clock() < beat.clock()) {
			askForAll(out);
		}
	}

	void hear(PresenceDelta delta, PresenceOutbox out) {
		PresenceReplica known = this.replica;
		if (known == null || known.origin().incarnation() != delta.incarnation() || !known.apply(delta)) {
			askForAll(out);
		}
	}

	void hear(PresenceMessage.Page page, PresenceReplica fresh, PresenceOutbox out) {
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
