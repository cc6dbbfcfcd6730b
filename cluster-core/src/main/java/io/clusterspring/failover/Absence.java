package io.clusterspring.failover;

/**
 * The reason why a node runs no distributed application and accepts no orders.
 */
enum Absence {

	/** The node is stopped. */
	LEAVING("this node was told to stop"),

	/** The node was evicted from the cluster. */
	EVICTED("another process has the name of this node");

	private final String cause;

	Absence(String cause) {
		this.cause = cause;
	}

	String cause() {
		return this.cause;
	}

}
