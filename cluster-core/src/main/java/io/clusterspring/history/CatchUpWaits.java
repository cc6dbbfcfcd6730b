package io.clusterspring.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Those who come back and wait until this node knows what they have missed, or cannot
 * know it. Used in the mailbox of the history.
 */
final class CatchUpWaits {

	/** How long a position waits whose origin this node does not know. */
	private static final Duration UNKNOWN_TIME = Duration.ofSeconds(1);

	private final HistorySync sync;

	private final LongSupplier nanoClock;

	private final List<Wait> waits = new ArrayList<>();

	CatchUpWaits(HistorySync sync, LongSupplier nanoClock) {
		this.sync = sync;
		this.nanoClock = nanoClock;
	}

	/**
	 * Wait for a position.
	 * @param log the log of the topic
	 * @param ready completed when the wait is over
	 */
	void add(TopicLog log, HistoryPosition position, CompletableFuture<Void> ready) {
		Wait wait = new Wait(log, position, this.nanoClock.getAsLong(), ready);
		if (!end(wait, false)) {
			this.waits.add(wait);
			this.sync.hurry(log.topic());
		}
	}

	/**
	 * End the waits that are over.
	 * @param closed whether nothing more will come
	 */
	void check(boolean closed) {
		this.waits.removeIf((wait) -> end(wait, closed));
	}

	private boolean end(Wait wait, boolean closed) {
		boolean over = closed || isOver(wait, this.nanoClock.getAsLong() - wait.since());
		if (over) {
			wait.ready().complete(null);
		}
		return over;
	}

	private boolean isOver(Wait wait, long waited) {
		TopicLog log = wait.log();
		if (waited >= ClusterHistory.CATCH_UP_TIME.toNanos()) {
			return true;
		}
		if (!this.sync.isComplete()) {
			return false;
		}
		return (!this.sync.awaits(log.topic()) && log.covers(wait.position()))
				|| (waited >= UNKNOWN_TIME.toNanos() && !log.knows(wait.position()));
	}

	/** Somebody who waits. */
	private record Wait(TopicLog log, HistoryPosition position, long since, CompletableFuture<Void> ready) {
	}

}
