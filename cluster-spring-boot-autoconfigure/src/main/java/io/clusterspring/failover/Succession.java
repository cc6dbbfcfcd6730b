package io.clusterspring.failover;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * Who ran an application last, and whether that node is still waited for. Not
 * thread-safe.
 */
final class Succession {

	private final Node self;

	private final Duration timeout;

	private @Nullable Tenure last;

	private @Nullable Moment gone;

	Succession(Node self, Duration timeout) {
		this.self = self;
		this.timeout = timeout;
	}

	@Nullable Tenure last() {
		return this.last;
	}

	@Nullable Node lastNode() {
		Tenure before = this.last;
		return (before != null) ? before.node() : null;
	}

	void learn(Surroundings around) {
		Tenure before = this.last;
		for (Sighting sighting : around.others()) {
			Claim claim = sighting.claim();
			if (claim != null && claim.hasRun()) {
				this.last = Tenure.latest(this.last, new Tenure(sighting.node(), claim.token(), false));
			}
			this.last = Tenure.latest(this.last, sighting.report().last());
		}
		Tenure present = this.last;
		if (present == null || isBack(present.node(), around)) {
			this.gone = null;
		}
		else if (this.gone == null || before == null || before.token() != present.token()) {
			this.gone = around.now();
		}
	}

	void ran(long token, boolean released) {
		this.last = Tenure.latest(this.last, new Tenure(this.self, token, released));
	}

	/**
	 * Return whether the node that ran it is gone, and may still come back in time.
	 * @param around what is known
	 * @return {@code true} if nobody else should start it yet
	 */
	boolean isWaiting(Surroundings around) {
		Tenure before = this.last;
		Moment since = this.gone;
		return before != null && !before.released() && since != null
				&& around.now().since(since) < this.timeout.toNanos();
	}

	StartReason reason(Surroundings around, long token) {
		Tenure before = this.last;
		if (before == null || before.node().equals(this.self)) {
			return new StartReason(StartReason.Type.NORMAL, null, token);
		}
		boolean stays = around.others()
			.stream()
			.anyMatch((sighting) -> sighting.node().equals(before.node()) && !sighting.leaving());
		return new StartReason((before.released() && stays) ? StartReason.Type.TAKEOVER : StartReason.Type.FAILOVER,
				before.node(), token);
	}

	private boolean isBack(Node node, Surroundings around) {
		return node.equals(this.self) || around.others()
			.stream()
			.anyMatch((sighting) -> sighting.node().equals(node) && sighting.report().readiness().isWilling());
	}

}
