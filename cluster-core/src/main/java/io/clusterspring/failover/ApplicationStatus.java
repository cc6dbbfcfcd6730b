package io.clusterspring.failover;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * The status of a distributed application, as one node knows it.
 *
 * @param name its name
 * @param placement its placement
 * @param running the nodes on which it starts, runs or stops: none, one, or, for a moment
 * after a partition without a quorum, several
 * @param nodes the nodes of the view that know the application
 * @param refused whether this node does not run it because its placement differs from
 * that of the other nodes
 * @param remarks problems, as sentences
 */
public record ApplicationStatus(String name, Placement placement, List<Running> running, List<Host> nodes,
		boolean refused, List<String> remarks) {

	/**
	 * Return whether a call of the application on a node does not return.
	 * @param node the node
	 * @return {@code true} if its start or stop there has exceeded its timeout
	 */
	public boolean isHanging(Node node) {
		return this.nodes.stream().anyMatch((host) -> host.node().equals(node) && host.readiness().equals("hanging"));
	}

	/**
	 * Return whether the application is at work on a node: it runs there or has not
	 * finished its stop.
	 * @param node the node
	 * @return {@code false} while it starts
	 */
	public boolean isAtWork(Node node) {
		return this.running.stream().anyMatch((running) -> running.node().equals(node) && running.isAtWork());
	}

	/**
	 * A node on which the application starts, runs or stops.
	 *
	 * @param node the node
	 * @param state one of {@code starting}, {@code running}, {@code stopping} and
	 * {@code hanging}: its start has exceeded its timeout, was interrupted, and has not
	 * returned
	 * @param since when this state began
	 * @param token its fencing token
	 */
	public record Running(Node node, String state, Instant since, long token) {

		/**
		 * Return whether the application is at work there: it runs or has not finished
		 * its stop.
		 * @return {@code false} while it starts, also if that hangs
		 */
		public boolean isAtWork() {
			return this.state.equals("running") || this.state.equals("stopping");
		}

	}

	/**
	 * A node that knows the application.
	 *
	 * @param node the node
	 * @param permitted whether the node is permitted to run it
	 * @param ready whether the node could run it
	 * @param readiness one of {@code ready}, {@code failed} (a start has failed; the node
	 * tries again if no other node can), {@code paused} (a start has failed; the node
	 * does not try again yet), {@code hanging} (a call does not return) and {@code off}
	 * @param votesFor the node that it votes for
	 * @param placement its placement, if it differs from that of this node
	 */
	public record Host(Node node, boolean permitted, boolean ready, String readiness, @Nullable Node votesFor,
			@Nullable String placement) {

	}

}
