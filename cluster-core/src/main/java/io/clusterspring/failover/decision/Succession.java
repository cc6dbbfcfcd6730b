package io.clusterspring.failover.decision;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.failover.StartReason;
import io.clusterspring.failover.time.Moment;

/**
 * Tracks the last owner of an application, and whether to wait for its return. Not
 * thread-safe.
 */
final class Succession {

	private final Node self;

	private final Duration timeout;

	private @Nullable LastOwner last;

	private @Nullable Moment gone;

	Succession(Node self, Duration timeout) {
		this.self = self;
		this.timeout = timeout;
	}

	@Nullable LastOwner last() {
		return this.last;
	}

	@Nullable Node lastNode() {
		return (this.last != null) ? this.last.node() : null;
	}

	void learn(DecisionInput input) {
		LastOwner before = this.last;
		for (PeerReport peer : input.others()) {
			Claim claim = peer.claim();
			if (claim != null && claim.hasRun()) {
				this.last = LastOwner.latest(this.last, new LastOwner(peer.node(), claim.token(), false));
			}
			this.last = LastOwner.latest(this.last, peer.report().last());
		}
		LastOwner present = this.last;
		if (present == null || isBack(present.node(), input)) {
			this.gone = null;
		}
		else if (this.gone == null || before == null || before.token() != present.token()) {
			this.gone = input.now();
		}
	}

	private boolean isBack(Node node, DecisionInput input) {
		return node.equals(this.self) || input.others()
			.stream()
			.anyMatch((peer) -> peer.node().equals(node) && peer.report().readiness().isWilling());
	}

	void started(long token) {
		this.last = LastOwner.latest(this.last, new LastOwner(this.self, token, false));
	}

	void stopped(long token) {
		if (this.last != null && this.last.token() == token) {
			this.last = LastOwner.latest(this.last, new LastOwner(this.self, token, true));
		}
	}

	// whether the last owner has gone, and may still return in time
	boolean isWaiting(Moment now) {
		return this.last != null && !this.last.released() && this.gone != null
				&& now.since(this.gone) < this.timeout.toNanos();
	}

	StartReason reason(DecisionInput input, long token) {
		LastOwner before = this.last;
		if (before == null || before.node().equals(this.self)) {
			return new StartReason(StartReason.Type.NORMAL, null, token);
		}
		boolean stays = input.others()
			.stream()
			.anyMatch((peer) -> peer.node().equals(before.node()) && !peer.leaving());
		return new StartReason((before.released() && stays) ? StartReason.Type.TAKEOVER : StartReason.Type.FAILOVER,
				before.node(), token);
	}

	/**
	 * The last known owner of an application.
	 *
	 * @param token the token of its start
	 * @param released whether the node has stopped the application, and has not just gone
	 */
	record LastOwner(Node node, long token, boolean released) {

		static @Nullable LastOwner latest(@Nullable LastOwner one, @Nullable LastOwner other) {
			if (one == null || other == null) {
				return (one != null) ? one : other;
			}
			if (one.token == other.token) {
				return one.released ? one : other;
			}
			return (one.token > other.token) ? one : other;
		}

	}

}
