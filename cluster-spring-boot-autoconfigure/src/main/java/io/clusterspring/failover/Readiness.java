package io.clusterspring.failover;

import java.util.Locale;

/**
 * Whether a node could run an application.
 */
enum Readiness {

	/** It could. */
	READY,

	/** It has tried and failed, and would try again if nobody else can. */
	FAILED,

	/** It could not. */
	OFF,

	/** It has tried and failed, and does not try again yet. */
	PAUSED,

	/** It could not: a call of the application there does not come back. */
	HANGING;

	/**
	 * Return whether the node would start it now.
	 * @return {@code true} if it may claim it
	 */
	boolean isAble() {
		return this == READY || this == FAILED;
	}

	/**
	 * Return whether the node would start it now, later, or when it is asked to.
	 * @return {@code true} if it is worth while to ask
	 */
	boolean isWilling() {
		return isAble() || this == PAUSED;
	}

	/**
	 * Return what those who operate the cluster call it.
	 * @return the name
	 */
	String text() {
		return name().toLowerCase(Locale.ROOT);
	}

}
