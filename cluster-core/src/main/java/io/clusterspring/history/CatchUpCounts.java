package io.clusterspring.history;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.clusterspring.history.CatchUp.Loss;

/**
 * Counts the answers to those that came back. Thread-safe.
 */
final class CatchUpCounts {

	private final LongAdder recovered = new LongAdder();

	private final LongAdder[] lost = new LongAdder[Loss.values().length];

	CatchUpCounts() {
		for (Loss loss : Loss.values()) {
			this.lost[loss.ordinal()] = new LongAdder();
		}
	}

	/**
	 * Count an answer.
	 * @param loss why messages may be missing, {@code null} if none is
	 */
	void add(@Nullable Loss loss) {
		((loss != null) ? this.lost[loss.ordinal()] : this.recovered).increment();
	}

	/** Return the counts by outcome, {@code recovered} first. */
	Map<String, Long> byOutcome() {
		Map<String, Long> counts = new LinkedHashMap<>();
		counts.put("recovered", this.recovered.sum());
		counts.putAll(HistoryStatistics.count(Loss.values(), (loss) -> this.lost[loss.ordinal()].sum()));
		return counts;
	}

}
