package io.clusterspring.failover;

/**
 * An application that runs on one node of the cluster at a time, as Erlang's distributed
 * applications do: a poller, a scheduler, a consumer. Define a bean of this type on each
 * node that may run it. The properties {@code cluster.distributed.<name>} define where it
 * runs.
 *
 * <p>
 * {@link #start} and {@link #stop} are called one at a time, on threads of their own. The
 * application starts after all beans with a lifecycle, and stops before them.
 */
public interface DistributedApplication {

	/**
	 * Return the name, which is the same on all nodes and unique.
	 * @return the name
	 */
	String name();

	/**
	 * Start on this node. Return when the application runs; its further work belongs on
	 * threads of its own. If this method throws, the application does not run, and
	 * another node tries. The call is interrupted after the start timeout of the
	 * placement, or when the application must stop and half of the stop timeout is over.
	 * It should then end with an exception: until it returns, no other node starts the
	 * application.
	 * @param reason the reason of the start, with the fencing token
	 * @throws Exception if the application cannot run here
	 */
	void start(StartReason reason) throws Exception;

	/**
	 * Stop on this node. When this method returns or throws, nothing of the application
	 * may run any more, because another node starts it. The call is interrupted after the
	 * stop timeout of the placement, and the application then counts as stopped.
	 * @throws Exception if the stop has failed; it is logged
	 */
	void stop() throws Exception;

}
