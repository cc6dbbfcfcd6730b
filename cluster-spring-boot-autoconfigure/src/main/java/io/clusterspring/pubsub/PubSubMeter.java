package io.clusterspring.pubsub;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts for {@link PubSubStatistics}, by any thread, without contention.
 */
final class PubSubMeter {

	private final LongAdder sentMessages = new LongAdder();

	private final LongAdder sentBytes = new LongAdder();

	private final LongAdder sendNanos = new LongAdder();

	private final LongAdder receivedMessages = new LongAdder();

	private final LongAdder receivedBytes = new LongAdder();

	private final LongAdder droppedMessages = new LongAdder();

	void sent(int bytes, long nanos) {
		this.sentMessages.increment();
		this.sentBytes.add(bytes);
		this.sendNanos.add(nanos);
	}

	void received(int bytes) {
		this.receivedMessages.increment();
		this.receivedBytes.add(bytes);
	}

	void dropped() {
		this.droppedMessages.increment();
	}

	PubSubStatistics read(long waiting) {
		return new PubSubStatistics(this.sentMessages.sum(), this.sentBytes.sum(),
				Duration.ofNanos(this.sendNanos.sum()), this.receivedMessages.sum(), this.receivedBytes.sum(),
				this.droppedMessages.sum(), waiting);
	}

}
