package io.clusterspring.failover;

import java.util.List;

import io.clusterspring.Node;

/**
 * What runs where in the cluster, and the means to move it. All methods are thread-safe
 * and return at once.
 */
public interface DistributedApplications {

	/**
	 * Return what this node knows of all applications.
	 * @return one for each, by name
	 */
	List<ApplicationStatus> statuses();

	/**
	 * Return whether an application runs on this node and, with a quorum, whether there
	 * is time enough left for it to stop in time. By the clock: right even in a process
	 * that was frozen until now, at the moment it is asked.
	 * @param application the name of the application
	 * @return {@code false} if it runs elsewhere, nowhere, or may by now
	 */
	boolean isRunningHere(String application);

	/**
	 * Move an application to a node by hand. It stays there until that node goes, it is
	 * forbidden there, or moved again.
	 * @param application the name of the application
	 * @param node the node
	 * @throws IllegalArgumentException if the application is unknown, or the node is not
	 * there or cannot run it
	 * @throws IllegalStateException if this node is stopped, or evicted because another
	 * process has its name; or if a start of the application does not come back, which
	 * keeps it from all other nodes
	 */
	void move(String application, Node node);

	/**
	 * Permit or forbid a node to run an application, until that node is started anew, as
	 * {@code application:permit} of Erlang. If it runs there, it moves to another node,
	 * or stops if there is none.
	 * @param application the name of the application
	 * @param node the node
	 * @param permitted whether it may
	 * @throws IllegalArgumentException if the application is unknown, or the node does
	 * not know it
	 * @throws IllegalStateException if this node is stopped, or evicted because another
	 * process has its name; or if it is to be forbidden on a node where its start does
	 * not come back
	 */
	void permit(String application, Node node, boolean permitted);

}
