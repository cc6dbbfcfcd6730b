package io.clusterspring.failover.run;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.clusterspring.failover.ApplicationStatus;
import io.clusterspring.failover.decision.FailoverState;
import io.clusterspring.failover.time.Moment;
import io.clusterspring.failover.time.Term;

/**
 * Publishes the status of a {@link FailoverState} to other threads. The thread of the
 * state writes it; any thread may read it.
 */
final class StatusBoard {

	private volatile Map<String, Term> terms = Map.of();

	private volatile List<ApplicationStatus> statuses = List.of();

	private volatile @Nullable String absence;

	void write(FailoverState state) {
		this.absence = state.absence();
		this.terms = state.terms();
		this.statuses = state.statuses(Moment.now());
	}

	List<ApplicationStatus> statuses() {
		return this.statuses;
	}

	/**
	 * Return the reason why this node accepts no orders.
	 * @return the reason, {@code null} if it accepts orders
	 */
	@Nullable String absence() {
		return this.absence;
	}

	boolean isRunningHere(String application) {
		Term term = this.terms.get(application);
		return term != null && term.isValid();
	}

	/**
	 * Return whether an application may still start. The clock is read again, because
	 * this thread may have stood still since the decision.
	 * @param application its name
	 * @param token the token of the start
	 * @return {@code false} if it is too late
	 */
	boolean mayStart(String application, long token) {
		Term term = this.terms.get(application);
		return term != null && term.token() == token && term.isValid();
	}

	ApplicationStatus status(String application) {
		return this.statuses.stream()
			.filter((status) -> status.name().equals(application))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no application '" + application + "'"));
	}

}
