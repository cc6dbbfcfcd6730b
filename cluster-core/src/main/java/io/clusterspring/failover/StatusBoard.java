package io.clusterspring.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Publishes the status of a {@link FailoverState} to other threads. The thread of the
 * state writes it; any thread may read it.
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
			LocalClaim claim = application.claim();
			if (claim != null && claim.isGood()) {
				this.permissions.put(name, new Permission(claim.token(), claim.term()));
			}
			else {
				this.permissions.remove(name);
			}
			all.add(new StatusDescription(name, application.placement(), application.refusal(), state.absence(),
					state.reports(name, now))
				.status());
		}
		this.statuses = List.copyOf(all);
	}

	List<ApplicationStatus> statuses() {
		return this.statuses;
	}

	/**
	 * Return the reason why this node accepts no orders.
	 * @return the reason, {@code null} if it accepts orders
	 */
	@Nullable Absence absence() {
		return this.absence;
	}

	boolean isRunningHere(String application) {
		Permission present = this.permissions.get(application);
		return present != null && present.isValid();
	}

	/**
	 * Return whether an application may still start. The clock is read again, because
	 * this thread may have stood still since the decision.
	 * @param application its name
	 * @param token the token of the start
	 * @return {@code false} if it is too late
	 */
	boolean mayStart(String application, long token) {
		Permission present = this.permissions.get(application);
		return present != null && present.token() == token && present.isValid();
	}

	ApplicationStatus status(String application) {
		return this.statuses.stream()
			.filter((status) -> status.name().equals(application))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no application '" + application + "'"));
	}

	private record Permission(long token, Term term) {

		// without a quorum no clock is needed
		boolean isValid() {
			return this.term == Term.UNLIMITED || this.term.isValid(Moment.now());
		}
	}

}
