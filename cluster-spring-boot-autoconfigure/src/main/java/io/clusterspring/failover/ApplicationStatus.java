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
 */
public record ApplicationStatus(String name, Placement placement, List<Running> running, List<Host> nodes,
		boolean refused) {

	/**
	 * Where it runs.
	 *
	 * @param node the node
	 * @param state one of {@code starting}, {@code running} and {@code stopping}
	 * @param since since when
	 * @param token its fencing token
	 */
	public record Running(Node node, String state, Instant since, long token) {
	}

	/**
	 * A node that knows it.
	 *
	 * @param node the node
	 * @param permitted whether the node is permitted to run it
	 * @param ready whether it could
	 * @param votesFor for whom the node votes
	 */
	public record Host(Node node, boolean permitted, boolean ready, @Nullable Node votesFor) {
	}

}
