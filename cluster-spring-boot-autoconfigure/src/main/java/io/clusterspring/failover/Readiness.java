package io.clusterspring.failover;

/**
 * Whether a node could run an application.
 */
enum Readiness {

	/** It could. */
	READY,

	/** It has tried and failed, and would try again if nobody else can. */
	FAILED,

	/** It could not. */
	OFF

}
