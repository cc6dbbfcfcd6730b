package io.clusterspring.actuate;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
 * @param remarks what is not as it should be: a call that does not come back, a placement
 * that differs, or why nothing is known
 */
public record ApplicationDescription(String name, List<Running> running, List<Host> nodes, List<List<String>> placement,
		String quorum, boolean refused, List<String> remarks) {

	static ApplicationDescription of(ApplicationStatus status) {
		return new ApplicationDescription(status.name(), status.running().stream().map(Running::of).toList(),
				status.nodes().stream().map(Host::of).toList(),
				status.placement()
					.nodes()
					.stream()
					.map((group) -> group.stream().map(Node::toString).toList())
					.toList(),
				status.placement().quorum().toString(), status.refused(), status.remarks());
	}

	/**
	 * Return where it runs, and what is not as it should be.
	 * @param status what is known of it
	 * @return the text
	 */
	static String where(ApplicationStatus status) {
		Stream<String> places = status.running().stream().map((running) -> running.state() + " on " + running.node());
		String where = status.running().isEmpty() ? "nowhere" : places.collect(Collectors.joining(", "));
		return Stream.concat(Stream.of(where), status.remarks().stream()).collect(Collectors.joining("; "));
	}

	/**
	 * Where it runs.
	 *
	 * @param node the node
	 * @param state starting, running, stopping, or hanging: its start does not come back
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
	 * @param readiness ready, failed, paused, hanging or off
	 * @param votesFor for which node it votes
	 * @param placement its placement, if that is not the one of this node
	 */
	public record Host(String node, boolean permitted, boolean ready, String readiness, @Nullable String votesFor,
			@Nullable String placement) {

		private static Host of(ApplicationStatus.Host host) {
			Node votesFor = host.votesFor();
			return new Host(host.node().toString(), host.permitted(), host.ready(), host.readiness(),
					(votesFor != null) ? votesFor.toString() : null, host.placement());
		}

	}

}
