package io.clusterspring.channel.socket;

import java.util.concurrent.atomic.LongAdder;

import io.clusterspring.mailbox.Counts;

/**
 * Counts how the rights of sockets have ended and were refreshed. Thread-safe.
 */
public final class RightCounters {

	private final LongAdder expired = new LongAdder();

	private final Counts<RefreshOutcome> refreshes = new Counts<>(RefreshOutcome.class);

	RightCounters() {
	}

	void hasExpired() {
		this.expired.increment();
	}

	void hasRefreshed(RefreshOutcome outcome) {
		this.refreshes.add(outcome);
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
		return this.refreshes.count(outcome);
	}

}
