package io.clusterspring.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Repeated measurements of each variant.
 *
 * @param <T> the type of a result
 */
final class Medians<T> {

	private final Map<Variant, List<T>> results = new EnumMap<>(Variant.class);

	void add(Variant variant, T result) {
		this.results.computeIfAbsent(variant, (key) -> new ArrayList<>()).add(result);
	}

	double of(Variant variant, ToDoubleFunction<T> figure) {
		double[] sorted = all(variant).stream().mapToDouble(figure).sorted().toArray();
		int half = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
	}

	List<T> all(Variant variant) {
		return this.results.getOrDefault(variant, List.of());
	}

}
