package io.clusterspring.failover.decision;

import java.util.Locale;

/**
 * The readiness of a node to run an application.
 */
enum Readiness {

	/** The node could run it. */
	READY,

	/** A start has failed; the node tries again if no other node can. */
	FAILED,

	/** The node cannot run it. */
	OFF,

	/** A start has failed; the node does not try again yet. */
	PAUSED,

	/** The node cannot run it, because a call of the application does not return. */
	HANGING;

	// whether the node may claim it now
	boolean isAble() {
		return this == READY || this == FAILED;
	}

	// whether it could start the application now or after its pause
	boolean isWilling() {
		return isAble() || this == PAUSED;
	}

	// returns the name that operators see
	String text() {
		return name().toLowerCase(Locale.ROOT);
	}

}
