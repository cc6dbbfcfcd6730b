package io.clusterspring.actuate;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.failover.ApplicationStatus;

/**
 * A distributed application in the answer of the endpoint.
 *
 * @param running the nodes on which it starts, runs or stops
 * @param nodes the nodes that know the application
 * @param placement the nodes of its placement; nodes in one list have the same priority
 * @param quorum the number of nodes that must agree
 * @param refused whether this node does not run it, because its placement differs from
 * that of the others
 * @param remarks problems: a call that does not return, a placement that differs, or why
 * nothing is known
 */
record ApplicationDescription(String name, List<Running> running, List<Host> nodes, List<List<String>> placement,
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

	// returns where the application runs, with the remarks
	static String where(ApplicationStatus status) {
		Stream<String> places = status.running().stream().map((running) -> running.state() + " on " + running.node());
		String where = status.running().isEmpty() ? "nowhere" : places.collect(Collectors.joining(", "));
		return Stream.concat(Stream.of(where), status.remarks().stream()).collect(Collectors.joining("; "));
	}

	/**
	 * A node on which the application starts, runs or stops.
	 *
	 * @param state starting, running, stopping, or hanging (its start does not return)
	 * @param since when this state began
	 * @param token its fencing token
	 */
	record Running(String node, String state, Instant since, long token) {

		private static Running of(ApplicationStatus.Running running) {
			return new Running(running.node().toString(), running.state(), running.since(), running.token());
		}

	}

	/**
	 * A node that knows the application.
	 *
	 * @param permitted whether it may run it
	 * @param ready whether it could run it
	 * @param readiness ready, failed, paused, hanging or off
	 * @param placement its placement, if it differs from that of this node
	 */
	record Host(String node, boolean permitted, boolean ready, String readiness, @Nullable String votesFor,
			@Nullable String placement) {

		private static Host of(ApplicationStatus.Host host) {
			Node votesFor = host.votesFor();
			return new Host(host.node().toString(), host.permitted(), host.ready(), host.readiness(),
					(votesFor != null) ? votesFor.toString() : null, host.placement());
		}

	}

}
