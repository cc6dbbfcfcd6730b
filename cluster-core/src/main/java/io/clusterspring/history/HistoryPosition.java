package io.clusterspring.history;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.util.Assert;

/**
 * How far somebody has followed a topic with history: for each origin, the number of its
 * last message. The order of messages is per publisher, so a position is not a single
 * number. Immutable, and small: a client chooses how many origins its position has.
 */
public final class HistoryPosition {

	/** The position of somebody who has seen nothing, on a topic without messages. */
	public static final HistoryPosition NOTHING = new HistoryPosition(new TreeMap<>());

	/** The largest number of characters that {@link #of(String)} accepts. */
	public static final int MAX_LENGTH = 16_384;

	/** In ascending order. */
	private final long[] origins;

	/** The number of each origin. */
	private final long[] numbers;

	private HistoryPosition(SortedMap<Long, Long> numbers) {
		this.origins = numbers.keySet().stream().mapToLong(Long::longValue).toArray();
		this.numbers = numbers.values().stream().mapToLong(Long::longValue).toArray();
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
		int index = Arrays.binarySearch(this.origins, origin);
		return (index >= 0) ? this.numbers[index] : -1;
	}

	/**
	 * Return the origins.
	 * @return an immutable collection
	 */
	public Collection<Long> origins() {
		return new AbstractList<>() {

			@Override
			public Long get(int index) {
				return HistoryPosition.this.origins[index];
			}

			@Override
			public int size() {
				return HistoryPosition.this.origins.length;
			}

		};
	}

	/**
	 * Return the position after one more message.
	 * @param message the position of the message
	 * @return a new position
	 */
	public HistoryPosition with(MessagePosition message) {
		SortedMap<Long, Long> more = new TreeMap<>();
		origins().forEach((origin) -> more.put(origin, number(origin)));
		more.merge(message.origin(), message.number(), Math::max);
		return new HistoryPosition(more);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof HistoryPosition position && Arrays.equals(this.origins, position.origins)
				&& Arrays.equals(this.numbers, position.numbers);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(this.origins) + Arrays.hashCode(this.numbers);
	}

	/** Return a text that {@link #of(String)} parses. */
	@Override
	public String toString() {
		return origins().stream()
			.map((origin) -> new MessagePosition(origin, number(origin)).toString())
			.collect(Collectors.joining(","));
	}

}
