package io.clusterspring.failover.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.failover.ApplicationStatus;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.decision.DecisionInput.Absence;

/**
 * Describes an application by the reports of its nodes.
 */
final class StatusDescription {

	private final String placement;

	private final List<ApplicationStatus.Running> running = new ArrayList<>();

	private final List<ApplicationStatus.Host> nodes = new ArrayList<>();

	private final List<String> remarks = new ArrayList<>();

	private StatusDescription(Placement placement) {
		this.placement = placement.toString();
	}

	// the refusal and the absence are the reasons why it does not run on this node, if
	// any
	static ApplicationStatus of(String name, Placement placement, @Nullable String refusal, @Nullable Absence absence,
			Map<Node, ApplicationReport> reports) {
		StatusDescription all = new StatusDescription(placement);
		if (absence == Absence.EVICTED) {
			all.remarks.add("it does not run here, because " + absence.cause()
					+ "; where else it runs is unknown: this node is out of the cluster");
		}
		if (refusal != null) {
			all.remarks.add("it does not run here: " + refusal);
		}
		new TreeMap<>(reports).forEach(all::add);
		return new ApplicationStatus(name, placement, List.copyOf(all.running), List.copyOf(all.nodes), refusal != null,
				List.copyOf(all.remarks));
	}

	private void add(Node node, ApplicationReport report) {
		Claim claim = report.claim();
		Vote vote = report.vote();
		boolean hanging = report.readiness() == Readiness.HANGING;
		String other = report.placement().equals(this.placement) ? null : report.placement();
		this.nodes.add(new ApplicationStatus.Host(node, report.permitted(), report.readiness() == Readiness.READY,
				report.readiness().text(), (vote != null) ? vote.node() : null, other));
		if (claim != null && claim.isHeld()) {
			String state = hanging ? report.readiness().text() : claim.stage().name().toLowerCase(Locale.ROOT);
			this.running
				.add(new ApplicationStatus.Running(node, state, Instant.ofEpochMilli(claim.since()), claim.token()));
		}
		if (hanging) {
			this.remarks.add((claim != null)
					? "its start on " + node + " was interrupted and does not return; no other node starts it until "
							+ "the start returns or that process ends"
					: "a stop of it on " + node + " was interrupted and does not return; it counts as stopped, and "
							+ "that node does not start it again before the stop returns");
		}
		if (other != null) {
			this.remarks.add("its placement on " + node + " differs from that of this node: " + other);
		}
	}

}
