package io.clusterspring.pubsub;

import java.util.concurrent.atomic.LongAdder;

import io.clusterspring.wire.WireStatistics;

/**
 * Counts for {@link PubSubStatistics}. Thread-safe.
 */
final class PubSubMeter {

	private final LongAdder droppedMessages = new LongAdder();

	void dropped() {
		this.droppedMessages.increment();
	}

	PubSubStatistics read(WireStatistics line, long waiting) {
		return new PubSubStatistics(line.sentFrames(), line.sentBytes(), line.sendTime(), line.receivedFrames(),
				line.receivedBytes(), this.droppedMessages.sum(), waiting);
	}

}
