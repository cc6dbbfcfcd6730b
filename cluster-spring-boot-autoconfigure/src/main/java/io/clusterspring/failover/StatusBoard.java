package io.clusterspring.failover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * What other threads may know of a {@link FailoverState}: written by the thread that has
 * it, read by any.
 */
final class StatusBoard {

	private final Map<String, Permission> permissions = new ConcurrentHashMap<>();

	private volatile List<ApplicationStatus> statuses = List.of();

	private volatile @Nullable Absence absence;

	void write(FailoverState state) {
		this.absence = state.absence();
		Moment now = Moment.now();
		List<ApplicationStatus> all = new ArrayList<>();
		for (String name : state.names()) {
			ApplicationState application = state.application(name);
			Tenancy tenancy = application.tenancy();
			if (tenancy != null && tenancy.isGood()) {
				this.permissions.put(name, new Permission(tenancy.token(), tenancy.term()));
			}
			else {
				this.permissions.remove(name);
			}
			all.add(status(name, application, state.reports(name, now)));
		}
		this.statuses = List.copyOf(all);
	}

	private static ApplicationStatus status(String name, ApplicationState application,
			Map<Node, ApplicationReport> reports) {
		List<ApplicationStatus.Running> running = new ArrayList<>();
		List<ApplicationStatus.Host> nodes = new ArrayList<>();
		reports.forEach((node, report) -> {
			Claim claim = report.claim();
			if (claim != null && claim.isHeld()) {
				running.add(new ApplicationStatus.Running(node, claim.stage().name().toLowerCase(Locale.ROOT),
						Instant.ofEpochMilli(claim.since()), claim.token()));
			}
			Vote vote = report.vote();
			nodes.add(new ApplicationStatus.Host(node, report.permitted(), report.readiness() == Readiness.READY,
					(vote != null) ? vote.node() : null));
		});
		return new ApplicationStatus(name, application.placement(), List.copyOf(running), List.copyOf(nodes),
				application.isRefused());
	}

	List<ApplicationStatus> statuses() {
		return this.statuses;
	}

	/**
	 * Return why this node takes no orders.
	 * @return the reason, {@code null} if it does
	 */
	@Nullable Absence absence() {
		return this.absence;
	}

	boolean isRunningHere(String application) {
		Permission present = this.permissions.get(application);
		return present != null && present.term().isValid(Moment.now());
	}

	/**
	 * Return whether an application may start: by the clock, for this thread may have
	 * stood still since that was decided.
	 * @param application its name
	 * @param token the token it is to start with
	 * @return {@code false} if it is too late
	 */
	boolean mayStart(String application, long token) {
		Permission present = this.permissions.get(application);
		return present != null && present.token() == token && present.term().isValid(Moment.now());
	}

	ApplicationStatus status(String application) {
		return this.statuses.stream()
			.filter((status) -> status.name().equals(application))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no application '" + application + "'"));
	}

	ApplicationStatus.Host host(String application, Node node) {
		return status(application).nodes()
			.stream()
			.filter((host) -> host.node().equals(node))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"Node " + node + " is not there, or does not know '" + application + "'"));
	}

	private record Permission(long token, Term term) {
	}

}
