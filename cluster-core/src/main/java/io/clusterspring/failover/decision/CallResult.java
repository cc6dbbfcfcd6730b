package io.clusterspring.failover.decision;

/**
 * The result of a call of an application on this node.
 */
public enum CallResult {

	/** The application has started. */
	STARTED,

	/** The application has failed to start. */
	FAILED,

	/** The application has stopped, or was not started because it was too late. */
	STOPPED,

	/**
	 * The start has not returned in time. Until it returns, no other node starts the
	 * application, because it may be at work here.
	 */
	START_HANGS,

	/** The stop has not returned in time. The application counts as stopped. */
	STOP_HANGS,

	/** A call that hung has returned. */
	CAME_BACK

}
