package io.clusterspring.jgroups.discovery;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.clusterspring.UnreachedPlace;
import io.clusterspring.UnreachedPlace.Cause;

/**
 * Says why this node is alone although it looks for others, once it has been so for a
 * while: each place and cause once, until it is not alone any more. Not thread-safe.
 */
final class Solitude {

	/** How long a node is alone before it says why. */
	static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final int MOST_TOLD = 1000;

	private static final int MOST_NAMED = 5;

	private final Set<Reason> told = new HashSet<>();

	private @Nullable Long since;

	// null if there is nothing new for the log
	@Nullable String news(boolean alone, List<UnreachedPlace> unreached, long now) {
		if (!alone) {
			this.since = null;
			this.told.clear();
			return null;
		}
		this.since = Objects.requireNonNullElse(this.since, now);
		if (now - this.since < PATIENCE_NANOS) {
			return null;
		}
		List<UnreachedPlace> news = unreached.stream().filter(this::isNews).toList();
		return news.isEmpty() ? null : describe(news);
	}

	private boolean isNews(UnreachedPlace place) {
		return this.told.size() < MOST_TOLD && this.told.add(new Reason(place.place(), place.cause()));
	}

	private static String describe(List<UnreachedPlace> news) {
		Map<String, List<String>> places = news.stream()
			.collect(Collectors.groupingBy(UnreachedPlace::detail, TreeMap::new,
					Collectors.mapping(UnreachedPlace::place, Collectors.toList())));
		return places.entrySet()
			.stream()
			.map((entry) -> named(entry.getValue()) + ": " + entry.getKey())
			.collect(Collectors.joining("; "));
	}

	private static String named(List<String> places) {
		String first = String.join(", ", places.subList(0, Math.min(MOST_NAMED, places.size())));
		return (places.size() > MOST_NAMED) ? first + " and " + (places.size() - MOST_NAMED) + " more" : first;
	}

	private record Reason(String place, Cause cause) {
	}

}
