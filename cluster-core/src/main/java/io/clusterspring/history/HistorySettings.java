package io.clusterspring.history;

import java.time.Duration;
import java.util.List;

import org.springframework.util.Assert;

/**
 * A history: for which topics messages are kept, and how many.
 *
 * @param name the name of the history, for messages
 * @param topics patterns of topics: a whole topic, or a prefix followed by {@code *}
 * @param size how many messages of a topic are kept, of all publishers together
 * @param ttl how long a message is kept
 * @param bytes how many bytes this node keeps, of all topics of this history together
 */
public record HistorySettings(String name, List<String> topics, int size, Duration ttl, long bytes) {

	/** The longest time that a message can be kept. */
	public static final Duration MAX_TTL = Duration.ofHours(12);

	/** The largest number of messages of one topic. */
	public static final int MAX_SIZE = 100_000;

	public HistorySettings {
		topics = List.copyOf(topics);
		String history = "History '" + name + "' ";
		Assert.notEmpty(topics, history + "has no topics");
		topics.forEach((topic) -> Assert.isTrue(isPattern(topic),
				history + "has the topic '" + topic + "': a topic, or a prefix followed by *"));
		Assert.isTrue(size > 0 && size <= MAX_SIZE, history + "keeps " + size + " messages: 1 to " + MAX_SIZE);
		Assert.isTrue(ttl.toMillis() > 0 && ttl.compareTo(MAX_TTL) <= 0,
				history + "keeps messages for " + ttl + ": more than 0, at most " + MAX_TTL);
		Assert.isTrue(bytes > 0, history + "has no room: bytes is " + bytes);
	}

	private static boolean isPattern(String topic) {
		int star = topic.indexOf('*');
		return !topic.isEmpty() && (star < 0 || star == topic.length() - 1);
	}

	boolean matches(String topic) {
		return this.topics.stream().anyMatch((pattern) -> matches(pattern, topic));
	}

	private static boolean matches(String pattern, String topic) {
		return pattern.endsWith("*") ? topic.startsWith(pattern.substring(0, pattern.length() - 1))
				: pattern.equals(topic);
	}

	/**
	 * Check that no topic has two histories.
	 * @param histories all histories of a node
	 * @throws IllegalArgumentException if two patterns of different histories match one
	 * topic
	 */
	public static void requireApart(List<HistorySettings> histories) {
		for (HistorySettings one : histories) {
			for (HistorySettings other : histories) {
				if (one != other) {
					requireApart(one, other);
				}
			}
		}
	}

	private static void requireApart(HistorySettings one, HistorySettings other) {
		for (String pattern : one.topics) {
			for (String second : other.topics) {
				Assert.isTrue(!overlap(pattern, second), () -> "Histories '" + one.name + "' and '" + other.name
						+ "' match the same topics: '" + pattern + "' and '" + second + "'");
			}
		}
	}

	private static boolean overlap(String one, String other) {
		return (one.endsWith("*") && matches(one, withoutStar(other)))
				|| (other.endsWith("*") && matches(other, withoutStar(one))) || one.equals(other);
	}

	private static String withoutStar(String pattern) {
		return pattern.endsWith("*") ? pattern.substring(0, pattern.length() - 1) : pattern;
	}

}
