package io.clusterspring.failover;

/**
 * Something that runs on one node of the cluster at a time, as Erlang's distributed
 * applications do: a poller, a scheduler, a consumer. A bean of this type on each node
 * that may run it is enough; where it runs is said by {@code cluster.distributed.<name>}.
 *
 * <p>
 * {@link #start} and {@link #stop} are called one at a time, on threads of their own. The
 * application starts after all beans with a lifecycle have, and stops before them.
 */
public interface DistributedApplication {

	/**
	 * Return the name, the same on all nodes and only this application's.
	 * @return the name
	 */
	String name();

	/**
	 * Start on this node. Returns when the application runs; what it does then goes on in
	 * threads of its own. An application that throws is taken as not running, and another
	 * node tries. It is interrupted after the start timeout of its placement, or when it
	 * has to stop and half of the stop timeout is over, and should then end with an
	 * exception: until it comes back, no other node starts it.
	 * @param reason why it starts, and its fencing token
	 * @throws Exception if it cannot run here
	 */
	void start(StartReason reason) throws Exception;

	/**
	 * Stop on this node. When it returns, or fails, nothing of the application may be
	 * running any more: another node starts it. It is interrupted after the stop timeout
	 * of its placement, and taken as stopped then.
	 * @throws Exception if something went wrong; it is logged
	 */
	void stop() throws Exception;

}
