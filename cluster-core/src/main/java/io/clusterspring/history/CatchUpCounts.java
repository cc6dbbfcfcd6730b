package io.clusterspring.history;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.clusterspring.history.CatchUp.Loss;
import io.clusterspring.mailbox.Counts;

/**
 * Counts the answers to those that came back. Thread-safe.
 */
final class CatchUpCounts {

	private final LongAdder recovered = new LongAdder();

	private final Counts<Loss> lost = new Counts<>(Loss.class);

	/**
	 * Count an answer.
	 * @param loss why messages may be missing, {@code null} if none is
	 */
	void add(@Nullable Loss loss) {
		if (loss != null) {
			this.lost.add(loss);
		}
		else {
			this.recovered.increment();
		}
	}

	/** Return the counts by outcome, {@code recovered} first. */
	Map<String, Long> byOutcome() {
		Map<String, Long> counts = new LinkedHashMap<>();
		counts.put("recovered", this.recovered.sum());
		counts.putAll(HistoryStatistics.count(Loss.values(), this.lost::count));
		return counts;
	}

}
