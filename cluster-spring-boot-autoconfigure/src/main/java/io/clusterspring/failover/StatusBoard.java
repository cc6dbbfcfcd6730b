package io.clusterspring.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

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
	 * Return why this node takes no orders.
	 * @return the reason, {@code null} if it does
	 */
	@Nullable Absence absence() {
		return this.absence;
	}

	boolean isRunningHere(String application) {
		Permission present = this.permissions.get(application);
		return present != null && present.isValid();
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
		return present != null && present.token() == token && present.isValid();
	}

	ApplicationStatus status(String application) {
		return this.statuses.stream()
			.filter((status) -> status.name().equals(application))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no application '" + application + "'"));
	}

	private record Permission(long token, Term term) {

		// without a quorum no clock has to be read
		boolean isValid() {
			return this.term == Term.UNLIMITED || this.term.isValid(Moment.now());
		}
	}

}
