package io.clusterspring.actuate;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.clusterspring.history.HistorySource;
import io.clusterspring.history.HistoryStatistics;

/**
 * All that a node keeps, of topics and of destinations.
 *
 * @param sources what has histories on this node
 */
record Histories(List<HistorySource> sources) implements HistorySource {

	@Override
	public boolean isUsed() {
		return this.sources.stream().anyMatch(HistorySource::isUsed);
	}

	@Override
	public HistoryStatistics statistics() {
		return this.sources.stream()
			.map(HistorySource::statistics)
			.reduce(Histories::sum)
			.orElseGet(() -> new HistoryStatistics(0, 0, 0, Map.of(), Map.of(), Map.of()));
	}

	private static HistoryStatistics sum(HistoryStatistics one, HistoryStatistics other) {
		return new HistoryStatistics(one.topics() + other.topics(), one.messages() + other.messages(),
				one.bytes() + other.bytes(), sum(one.evicted(), other.evicted()), sum(one.catchUps(), other.catchUps()),
				sum(one.gaps(), other.gaps()));
	}

	private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
		Map<String, Long> sum = new LinkedHashMap<>(one);
		other.forEach((name, count) -> sum.merge(name, count, Long::sum));
		return sum;
	}

	@Override
	public Duration comparing() {
		return this.sources.stream()
			.filter(HistorySource::isUsed)
			.map(HistorySource::comparing)
			.max(Comparator.naturalOrder())
			.orElse(Duration.ZERO);
	}

}
