package io.clusterspring.failover.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.failover.ApplicationStatus;
import io.clusterspring.failover.Placement;

/**
 * Builds the {@link ApplicationStatus} of an application from the reports of its nodes.
 *
 * @param name its name
 * @param placement its placement on this node
 * @param refusal the reason why this node does not run it, if any
 * @param absence the reason why no application runs on this node, if any
 * @param reports the reports by node
 */
record StatusDescription(String name, Placement placement, @Nullable String refusal, @Nullable Absence absence,
		Map<Node, ApplicationReport> reports) {

	ApplicationStatus status() {
		List<ApplicationStatus.Running> running = new ArrayList<>();
		List<ApplicationStatus.Host> nodes = new ArrayList<>();
		List<String> remarks = new ArrayList<>();
		if (this.absence == Absence.EVICTED) {
			remarks.add("it does not run here, because " + this.absence.cause()
					+ "; where else it runs is unknown: this node is out of the cluster");
		}
		if (this.refusal != null) {
			remarks.add("it does not run here: " + this.refusal);
		}
		this.reports.forEach((node, report) -> {
			ApplicationStatus.Host host = host(node, report);
			nodes.add(host);
			Claim claim = report.claim();
			if (claim != null && claim.isHeld()) {
				running.add(running(node, report, claim));
			}
			remark(host, report.readiness() == Readiness.HANGING, claim != null, remarks);
		});
		return new ApplicationStatus(this.name, this.placement, List.copyOf(running), List.copyOf(nodes),
				this.refusal != null, List.copyOf(remarks));
	}

	private ApplicationStatus.Host host(Node node, ApplicationReport report) {
		Vote vote = report.vote();
		return new ApplicationStatus.Host(node, report.permitted(), report.readiness() == Readiness.READY,
				report.readiness().text(), (vote != null) ? vote.node() : null,
				report.placement().equals(this.placement.toString()) ? null : report.placement());
	}

	private static ApplicationStatus.Running running(Node node, ApplicationReport report, Claim claim) {
		String state = (report.readiness() == Readiness.HANGING) ? report.readiness().text()
				: claim.stage().name().toLowerCase(Locale.ROOT);
		return new ApplicationStatus.Running(node, state, Instant.ofEpochMilli(claim.since()), claim.token());
	}

	private static void remark(ApplicationStatus.Host host, boolean hanging, boolean claimed, List<String> remarks) {
		if (hanging) {
			remarks.add(claimed
					? "its start on " + host.node() + " was interrupted and does not return; no other node starts "
							+ "it until the start returns or that process ends"
					: "a stop of it on " + host.node() + " was interrupted and does not return; it counts as "
							+ "stopped, and that node does not start it again before the stop returns");
		}
		if (host.placement() != null) {
			remarks.add("its placement on " + host.node() + " differs from that of this node: " + host.placement());
		}
	}

}
