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
		LastOwner before = this.last;
		return (before != null) ? before.node() : null;
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

	void ran(long token, boolean released) {
		this.last = LastOwner.latest(this.last, new LastOwner(this.self, token, released));
	}

	/**
	 * Return whether the last owner has gone and may still return in time.
	 * @param input the reports
	 * @return {@code true} if no other node should start it yet
	 */
	boolean isWaiting(DecisionInput input) {
		LastOwner before = this.last;
		Moment since = this.gone;
		return before != null && !before.released() && since != null
				&& input.now().since(since) < this.timeout.toNanos();
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

	private boolean isBack(Node node, DecisionInput input) {
		return node.equals(this.self) || input.others()
			.stream()
			.anyMatch((peer) -> peer.node().equals(node) && peer.report().readiness().isWilling());
	}

}
