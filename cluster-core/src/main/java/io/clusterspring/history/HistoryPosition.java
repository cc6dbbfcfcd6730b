package io.clusterspring.history;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.util.Assert;

/**
 * How far somebody has followed a topic with history: for each origin, the number of its
 * last message. The order of messages is per publisher, so a position is not a single
 * number. Immutable.
 */
public final class HistoryPosition {

	/** The position of somebody who has seen nothing, on a topic without messages. */
	public static final HistoryPosition NOTHING = new HistoryPosition(new TreeMap<>());

	/** The largest number of characters that {@link #of(String)} accepts. */
	public static final int MAX_LENGTH = 16_384;

	private final SortedMap<Long, Long> numbers;

	private HistoryPosition(SortedMap<Long, Long> numbers) {
		this.numbers = Collections.unmodifiableSortedMap(numbers);
	}

	/**
	 * Create a position.
	 * @param numbers the number of the last message, by origin
	 * @return the position
	 */
	public static HistoryPosition of(Map<Long, Long> numbers) {
		return numbers.isEmpty() ? NOTHING : new HistoryPosition(new TreeMap<>(numbers));
	}

	/**
	 * Parse positions of messages, separated by commas. Of two positions with one origin,
	 * the later one counts.
	 * @param text the text to parse, which may be empty
	 * @return the position
	 * @throws IllegalArgumentException if the text is anything else, or longer than
	 * {@value #MAX_LENGTH}
	 */
	public static HistoryPosition of(String text) {
		Assert.isTrue(text.length() <= MAX_LENGTH, "The position is too long");
		SortedMap<Long, Long> numbers = new TreeMap<>();
		if (!text.isEmpty()) {
			for (String part : text.split(",", -1)) {
				MessagePosition position = MessagePosition.of(part);
				numbers.merge(position.origin(), position.number(), Math::max);
			}
		}
		return of(numbers);
	}

	/**
	 * Return the number of the last message of an origin.
	 * @param origin the origin
	 * @return the number, or -1 if the origin is not part of the position
	 */
	public long number(long origin) {
		return this.numbers.getOrDefault(origin, -1L);
	}

	/**
	 * Return the origins.
	 * @return an immutable collection
	 */
	public Collection<Long> origins() {
		return this.numbers.keySet();
	}

	/**
	 * Return the position after one more message.
	 * @param message the position of the message
	 * @return a new position
	 */
	public HistoryPosition with(MessagePosition message) {
		SortedMap<Long, Long> more = new TreeMap<>(this.numbers);
		more.merge(message.origin(), message.number(), Math::max);
		return new HistoryPosition(more);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof HistoryPosition position && this.numbers.equals(position.numbers);
	}

	@Override
	public int hashCode() {
		return this.numbers.hashCode();
	}

	/** Return a text that {@link #of(String)} parses. */
	@Override
	public String toString() {
		return this.numbers.entrySet()
			.stream()
			.map((entry) -> new MessagePosition(entry.getKey(), entry.getValue()).toString())
			.collect(Collectors.joining(","));
	}

}
