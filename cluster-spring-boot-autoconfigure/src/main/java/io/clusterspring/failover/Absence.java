package io.clusterspring.failover;

/**
 * Why nothing is to run on a node, and why it takes no orders.
 */
enum Absence {

	/** It is stopped. */
	LEAVING("this node was told to stop"),

	/** The cluster goes on without it. */
	EVICTED("another process has the name of this node");

	private final String cause;

	Absence(String cause) {
		this.cause = cause;
	}

	String cause() {
		return this.cause;
	}

}
