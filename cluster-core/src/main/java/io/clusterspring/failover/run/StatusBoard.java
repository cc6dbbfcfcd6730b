package io.clusterspring.failover.run;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

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

	private volatile Supplier<List<ApplicationStatus>> statuses = List::of;

	private volatile @Nullable String absence;

	void write(FailoverState state, Moment now) {
		this.absence = state.absence();
		this.terms = state.terms();
		this.statuses = state.statuses(now);
	}

	List<ApplicationStatus> statuses() {
		return this.statuses.get();
	}

	@Nullable String absence() {
		return this.absence;
	}

	boolean isRunningHere(String application) {
		Term term = this.terms.get(application);
		return term != null && term.isValid();
	}

	// the clock is read again, because this thread may have stood still since the
	// decision
	boolean mayStart(String application, long token) {
		Term term = this.terms.get(application);
		return term != null && term.token() == token && term.isValid();
	}

	ApplicationStatus status(String application) {
		return statuses().stream()
			.filter((status) -> status.name().equals(application))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no application '" + application + "'"));
	}

}
