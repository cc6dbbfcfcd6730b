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

	/** Count an answer, unless there is none yet. */
	void add(@Nullable CatchUp answer) {
		if (answer instanceof CatchUp.Lost loss) {
			this.lost[loss.loss().ordinal()].increment();
		}
		else if (answer != null) {
			this.recovered.increment();
		}
	}

	/** Return the counts by outcome, {@code recovered} first. */
	Map<String, Long> byOutcome() {
		Map<String, Long> counts = new LinkedHashMap<>();
		counts.put("recovered", this.recovered.sum());
		counts.putAll(HistoryStatistics.count(Loss.values(), (loss) -> this.lost[loss.ordinal()].sum()));
		return counts;
	}

}
