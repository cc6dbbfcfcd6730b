package io.clusterspring.channel.socket;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts how the rights of sockets have ended and were refreshed. Thread-safe.
 */
public final class RightCounters {

	private final LongAdder expired = new LongAdder();

	private final Map<RefreshOutcome, LongAdder> refreshes = new EnumMap<>(RefreshOutcome.class);

	RightCounters() {
		for (RefreshOutcome outcome : RefreshOutcome.values()) {
			this.refreshes.put(outcome, new LongAdder());
		}
	}

	void hasExpired() {
		this.expired.increment();
	}

	void hasRefreshed(RefreshOutcome outcome) {
		counter(outcome).increment();
	}

	/**
	 * Return the number of sockets that were closed at their deadline.
	 * @return the number since the start
	 */
	public long expired() {
		return this.expired.sum();
	}

	/**
	 * Return the number of refreshes with an outcome.
	 * @param outcome the outcome
	 * @return the number since the start
	 */
	public long refreshes(RefreshOutcome outcome) {
		return counter(outcome).sum();
	}

	private LongAdder counter(RefreshOutcome outcome) {
		return Objects.requireNonNull(this.refreshes.get(outcome));
	}

}
