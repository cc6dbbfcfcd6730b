package io.clusterspring.failover;

import java.util.List;

import io.clusterspring.Node;

/**
 * Shows where distributed applications run, and moves them. All methods are thread-safe
 * and return at once.
 */
public interface DistributedApplications {

	/**
	 * Return the status of all applications, as this node knows it.
	 * @return the statuses, sorted by name
	 */
	List<ApplicationStatus> statuses();

	/**
	 * Return whether an application runs on this node and, with a quorum, whether enough
	 * of its lease is left to stop in time. The answer uses the clock of the moment, so
	 * it is right even in a process that was frozen until now.
	 * @param application the name of the application
	 * @return {@code false} if it runs nowhere, or if another node runs or may run it
	 */
	boolean isRunningHere(String application);

	/**
	 * Move an application to a node by hand. It stays there until that node leaves, or
	 * until it is forbidden there or moved again.
	 * @param application the name of the application
	 * @param node the node
	 * @throws IllegalArgumentException if the application is unknown, or the node is not
	 * in the view or cannot run it
	 * @throws IllegalStateException if this node is stopped, or evicted because another
	 * process has its name; or if a start of the application does not return, because
	 * then no other node may start it
	 */
	void move(String application, Node node);

	/**
	 * Permit or forbid a node to run an application, until that node restarts, as
	 * Erlang's {@code application:permit}. If a forbidden application runs there, it
	 * moves to another node, or stops if there is none.
	 * @param application the name of the application
	 * @param node the node
	 * @param permitted whether the node may run it
	 * @throws IllegalArgumentException if the application is unknown, or the node does
	 * not know the application
	 * @throws IllegalStateException if this node is stopped, or evicted because another
	 * process has its name; or if the application would be forbidden on a node where its
	 * start does not return
	 */
	void permit(String application, Node node, boolean permitted);

}
