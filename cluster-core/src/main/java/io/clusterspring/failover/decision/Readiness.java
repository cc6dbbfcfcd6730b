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

	/**
	 * Return whether the node could start the application now.
	 * @return {@code true} if the node may claim it
	 */
	boolean isAble() {
		return this == READY || this == FAILED;
	}

	/**
	 * Return whether the node could start the application now or after its pause.
	 * @return {@code false} if the node cannot run it
	 */
	boolean isWilling() {
		return isAble() || this == PAUSED;
	}

	/**
	 * Return the name for operators.
	 * @return the name in lower case
	 */
	String text() {
		return name().toLowerCase(Locale.ROOT);
	}

}
