package io.clusterspring.failover.decision;

import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.clusterspring.failover.time.Moment;

/**
 * The lease of a claim. The owner sends each round at a known moment, and the votes for a
 * round count from that moment, which is before any voter receives it. So the owner's
 * lease expires before any voter's promise. Not thread-safe.
 */
final class Lease {

	private final NavigableMap<Long, Moment> sent = new TreeMap<>();

	private long round;

	private @Nullable Moment granted;

	Lease(Moment now) {
		renew(now);
	}

	long round() {
		return this.round;
	}

	void renew(Moment now) {
		this.sent.put(++this.round, now);
	}

	// enough nodes have voted for a round
	void grant(long agreed) {
		Moment moment = this.sent.get(agreed);
		if (moment != null) {
			this.granted = moment;
			this.sent.headMap(agreed).clear();
		}
	}

	// when the lease began, if it was granted
	@Nullable Moment granted() {
		return this.granted;
	}

}
