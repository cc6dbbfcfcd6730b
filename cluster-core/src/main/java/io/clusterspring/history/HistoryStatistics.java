package io.clusterspring.history;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The messages that a node keeps of topics with history at one moment, and what has
 * happened since it was created. Each map has the same keys at all times. Immutable.
 *
 * @param topics the topics that have a history here
 * @param messages the messages that are kept
 * @param bytes what they take in memory, with what their topics take beside them
 * @param evicted the messages that are not kept any longer, by cause: {@code size},
 * {@code ttl}, {@code bytes} or {@code gap}
 * @param catchUps the answers to those that came back, by outcome: {@code recovered} or
 * the reason why not, such as {@code unknown-origin}
 * @param gaps the gaps in what other nodes have published, by what became of them:
 * {@code found}, {@code filled} or {@code given-up}
 */
public record HistoryStatistics(int topics, int messages, long bytes, Map<String, Long> evicted,
		Map<String, Long> catchUps, Map<String, Long> gaps) {

	static <E extends Enum<E>> Map<String, Long> count(E[] constants, ToLongFunction<E> count) {
		Map<String, Long> counts = new LinkedHashMap<>();
		for (E constant : constants) {
			counts.put(name(constant), count.applyAsLong(constant));
		}
		return counts;
	}

	/** Return the name of a cause or reason as clients, meters and logs have it. */
	static String name(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	public HistoryStatistics {
		evicted = Collections.unmodifiableMap(evicted);
		catchUps = Collections.unmodifiableMap(catchUps);
		gaps = Collections.unmodifiableMap(gaps);
	}

}
