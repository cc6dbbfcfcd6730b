package io.clusterspring.http.publish;

import java.util.concurrent.atomic.LongAdder;

import io.clusterspring.mailbox.Counts;

/**
 * Statistics of publishing by HTTP on this node since it started. Thread-safe.
 */
public final class PublishStatistics {

	private final HandledRequests requests;

	private final LongAdder messages = new LongAdder();

	private final Counts<PublishOutcome> outcomes = new Counts<>(PublishOutcome.class);

	PublishStatistics(HandledRequests requests) {
		this.requests = requests;
	}

	void count(PublishOutcome outcome) {
		this.outcomes.add(outcome);
	}

	void published(int count) {
		this.messages.add(count);
	}

	/**
	 * Return how many messages were published.
	 * @return the number since the start
	 */
	public long messages() {
		return this.messages.sum();
	}

	/**
	 * Return how many requests have ended in a way.
	 * @param outcome the way
	 * @return the number since the start
	 */
	public long requests(PublishOutcome outcome) {
		return this.outcomes.count(outcome);
	}

	/**
	 * Return how many requests are remembered by their idempotency keys.
	 * @return the present number
	 */
	public int keys() {
		return this.requests.size();
	}

	/**
	 * Return how many requests were forgotten before their time, because there were too
	 * many.
	 * @return the number since the start
	 */
	public long forgottenKeys() {
		return this.requests.forgotten();
	}

}
