package io.clusterspring.http.publish;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Statistics of publishing by HTTP on this node since it started. Thread-safe.
 */
public final class PublishStatistics {

	private final HandledRequests requests;

	private final LongAdder messages = new LongAdder();

	private final Map<PublishOutcome, LongAdder> outcomes = new EnumMap<>(PublishOutcome.class);

	PublishStatistics(HandledRequests requests) {
		this.requests = requests;
		for (PublishOutcome outcome : PublishOutcome.values()) {
			this.outcomes.put(outcome, new LongAdder());
		}
	}

	void count(PublishOutcome outcome) {
		Objects.requireNonNull(this.outcomes.get(outcome)).increment();
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
		return Objects.requireNonNull(this.outcomes.get(outcome)).sum();
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
