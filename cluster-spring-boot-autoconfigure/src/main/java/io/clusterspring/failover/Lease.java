package io.clusterspring.failover;

import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * For how long a claim may be relied on. Each round of it is sent at a moment; the votes
 * that come back for a round count from when it was sent, which was before any voter
 * heard of it. So the lease ends here before it ends there. Not thread-safe.
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

	/**
	 * As many as have to agree have heard of a round.
	 * @param agreed the round
	 */
	void grant(long agreed) {
		Moment moment = this.sent.get(agreed);
		if (moment != null) {
			this.granted = moment;
			this.sent.headMap(agreed).clear();
		}
	}

	/**
	 * Return from when on the lease counts.
	 * @return the moment, {@code null} if it was never granted
	 */
	@Nullable Moment granted() {
		return this.granted;
	}

}
