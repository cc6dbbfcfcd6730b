package io.clusterspring.channel;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * Finds what belongs to an event: by its name, or else by the longest prefix of it.
 * Immutable.
 *
 * @param <T> what belongs to an event
 */
public final class EventPatterns<T> {

	private static final String REST = "*";

	private final Map<String, T> byName = new HashMap<>();

	private final List<Prefix<T>> byPrefix;

	private EventPatterns(Map<String, T> values) {
		this.byPrefix = values.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().endsWith(REST))
			.map((entry) -> new Prefix<>(entry.getKey().substring(0, entry.getKey().length() - 1), entry.getValue()))
			.sorted(Comparator.comparingInt((Prefix<T> prefix) -> prefix.text().length()).reversed())
			.toList();
		values.forEach((pattern, value) -> {
			if (!pattern.endsWith(REST)) {
				this.byName.put(pattern, value);
			}
		});
	}

	/**
	 * Create a finder.
	 * @param <T> what belongs to an event
	 * @param values the values by the name of an event, by its beginning and a {@code *},
	 * or by {@code *} for all events
	 * @return the finder
	 * @throws IllegalArgumentException if a name is empty, or has a {@code *} that is not
	 * at the end
	 */
	public static <T> EventPatterns<T> of(Map<String, T> values) {
		values.keySet()
			.forEach((pattern) -> Assert.isTrue(isPattern(pattern),
					() -> "'" + pattern + "' is not the name of an event: a * may be at the end only"));
		return new EventPatterns<>(values);
	}

	/**
	 * Return whether a text is a name or a pattern.
	 * @param text the text
	 * @return {@code false} if it is empty, or has a {@code *} that is not at the end
	 */
	public static boolean isPattern(String text) {
		int rest = text.indexOf(REST);
		return !text.isEmpty() && (rest < 0 || rest == text.length() - 1);
	}

	/**
	 * Find the value of an event. Its name comes before all prefixes, and a longer prefix
	 * before a shorter one.
	 * @param event the event
	 * @return the value, or {@code null}
	 */
	public @Nullable T find(String event) {
		T named = this.byName.get(event);
		if (named != null) {
			return named;
		}
		for (Prefix<T> prefix : this.byPrefix) {
			if (event.startsWith(prefix.text())) {
				return prefix.value();
			}
		}
		return null;
	}

	/**
	 * The value of all events with a prefix.
	 *
	 * @param <T> what belongs to an event
	 */
	private record Prefix<T>(String text, T value) {
	}

}
