package io.clusterspring.failover.decision;

/**
 * The reason why a node runs no distributed application and accepts no orders. Both may
 * be true, and the first one is then shown.
 */
enum Absence {

	/** The node was evicted from the cluster. */
	EVICTED("another process has the name of this node"),

	/** The node is stopped. */
	LEAVING("this node was told to stop");

	private final String cause;

	Absence(String cause) {
		this.cause = cause;
	}

	String cause() {
		return this.cause;
	}

}
