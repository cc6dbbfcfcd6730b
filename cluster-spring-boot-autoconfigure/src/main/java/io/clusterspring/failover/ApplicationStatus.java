package io.clusterspring.failover;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * An application as one node knows it.
 *
 * @param name its name
 * @param placement where it may run
 * @param running where it starts, runs or stops: nowhere, at one node, or, for a moment
 * after a partition without a quorum, at more
 * @param nodes the nodes of the view that know it
 * @param refused whether this node does not run it because its placement differs from
 * that of the others
 * @param remarks what is not as it should be, in words
 */
public record ApplicationStatus(String name, Placement placement, List<Running> running, List<Host> nodes,
		boolean refused, List<String> remarks) {

	/**
	 * Return whether a call of it on a node does not come back.
	 * @param node the node
	 * @return {@code true} if its start or its stop there has taken too long
	 */
	public boolean isHanging(Node node) {
		return this.nodes.stream().anyMatch((host) -> host.node().equals(node) && host.isHanging());
	}

	/**
	 * Return whether it is at work on a node, or was and has not stopped yet.
	 * @param node the node
	 * @return {@code false} also while it starts
	 */
	public boolean isAtWork(Node node) {
		return this.running.stream().anyMatch((running) -> running.node().equals(node) && running.isAtWork());
	}

	/**
	 * Where it runs.
	 *
	 * @param node the node
	 * @param state one of {@code starting}, {@code running}, {@code stopping} and
	 * {@code hanging}: its start has taken too long, was interrupted, and has not come
	 * back
	 * @param since since when
	 * @param token its fencing token
	 */
	public record Running(Node node, String state, Instant since, long token) {

		static final String HANGING = "hanging";

		boolean isHanging() {
			return this.state.equals(HANGING);
		}

		/**
		 * Return whether it is at work there, or was and has not stopped yet.
		 * @return {@code false} while it starts, in time or not
		 */
		public boolean isAtWork() {
			return this.state.equals("running") || this.state.equals("stopping");
		}

	}

	/**
	 * A node that knows it.
	 *
	 * @param node the node
	 * @param permitted whether the node is permitted to run it
	 * @param ready whether it could
	 * @param readiness one of {@code ready}, {@code failed} (it tries again if nobody
	 * else can), {@code paused} (it has failed and does not try again yet),
	 * {@code hanging} (a call of it does not come back) and {@code off}
	 * @param votesFor for whom the node votes
	 * @param placement its placement, if that is not the one of this node
	 */
	public record Host(Node node, boolean permitted, boolean ready, String readiness, @Nullable Node votesFor,
			@Nullable String placement) {

		boolean isHanging() {
			return this.readiness.equals(Readiness.HANGING.text());
		}

		boolean isOff() {
			return this.readiness.equals(Readiness.OFF.text());
		}

	}

}
