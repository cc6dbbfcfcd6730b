package io.clusterspring.actuate;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.failover.ApplicationStatus;

/**
 * A distributed application, as the endpoint shows it.
 *
 * @param name its name
 * @param running where it starts, runs or stops, and since when
 * @param nodes the nodes that know it
 * @param placement the nodes of its placement, those in one list being equal
 * @param quorum how many nodes have to agree
 * @param refused whether this node does not run it, because its placement differs from
 * that of the others
 */
public record ApplicationDescription(String name, List<Running> running, List<Host> nodes, List<List<String>> placement,
		String quorum, boolean refused) {

	static ApplicationDescription of(ApplicationStatus status) {
		return new ApplicationDescription(status.name(), status.running().stream().map(Running::of).toList(),
				status.nodes().stream().map(Host::of).toList(),
				status.placement()
					.nodes()
					.stream()
					.map((group) -> group.stream().map(Node::toString).toList())
					.toList(),
				status.placement().quorum().toString(), status.refused());
	}

	static String where(ApplicationStatus status) {
		return status.running().isEmpty() ? "nowhere"
				: status.running()
					.stream()
					.map((running) -> running.state() + " on " + running.node())
					.collect(Collectors.joining(", "));
	}

	/**
	 * Where it runs.
	 *
	 * @param node the node
	 * @param state starting, running or stopping
	 * @param since since when
	 * @param token its fencing token
	 */
	public record Running(String node, String state, Instant since, long token) {

		private static Running of(ApplicationStatus.Running running) {
			return new Running(running.node().toString(), running.state(), running.since(), running.token());
		}

	}

	/**
	 * A node that knows it.
	 *
	 * @param node the node
	 * @param permitted whether it may run it
	 * @param ready whether it could
	 * @param votesFor for which node it votes
	 */
	public record Host(String node, boolean permitted, boolean ready, @Nullable String votesFor) {

		private static Host of(ApplicationStatus.Host host) {
			Node votesFor = host.votesFor();
			return new Host(host.node().toString(), host.permitted(), host.ready(),
					(votesFor != null) ? votesFor.toString() : null);
		}

	}

}
