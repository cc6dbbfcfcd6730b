package io.clusterspring.actuate;

import java.util.Map;
import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.history.HistorySource;
import io.clusterspring.history.HistoryStatistics;

/**
 * Meters of the topics with history, none if there are no such topics. Topics are not
 * tags.
 *
 * @param history what is kept
 */
record HistoryMetrics(HistorySource history) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		if (this.history.isUsed()) {
			bind(registry);
		}
	}

	private void bind(MeterRegistry registry) {
		Meters<HistorySource> meters = new Meters<>(registry, this.history);
		meters.gauge("cluster.history.topics", "Topics that have a history on this node",
				(source) -> source.statistics().topics());
		meters.gauge("cluster.history.messages", "Messages that this node keeps",
				(source) -> source.statistics().messages());
		meters.size("cluster.history.bytes", "Size of what this node keeps", (source) -> source.statistics().bytes());
		counters(meters, "cluster.history.evicted", "Messages that are not kept any longer", "cause",
				HistoryStatistics::evicted);
		counters(meters, "cluster.history.catchups", "Answers to those that came back with a position", "outcome",
				HistoryStatistics::catchUps);
		counters(meters, "cluster.history.gaps", "Gaps in what other nodes have published", "state",
				HistoryStatistics::gaps);
	}

	private void counters(Meters<HistorySource> meters, String name, String description, String tag,
			Function<HistoryStatistics, Map<String, Long>> counts) {
		counts.apply(this.history.statistics())
			.keySet()
			.forEach((key) -> meters.counter(name, description,
					(source) -> counts.apply(source.statistics()).getOrDefault(key, 0L), tag, key));
	}

}
