package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import org.springframework.util.unit.DataSize;

import io.clusterspring.history.HistorySettings;
import io.clusterspring.text.LogText;
import io.clusterspring.text.Utf8;

/**
 * Rejects histories that cannot be meant: without topics and destinations, with numbers
 * out of range, with more bytes than the heap has room for, or two that match one topic
 * or destination.
 *
 * @param histories the histories by name
 * @param heap the largest size of the heap, in bytes
 */
record HistoryRules(Map<String, HistoryProperties> histories, long heap, BiConsumer<String, String> reject) {

	/** The longest topic of {@code PubSub}, in bytes of UTF-8. */
	private static final int LONGEST_TOPIC = 65_535;

	/** Room for some messages and what a topic takes beside them. */
	private static final DataSize LEAST = DataSize.ofKilobytes(64);

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	void check() {
		List<HistorySettings> topics = new ArrayList<>();
		List<HistorySettings> destinations = new ArrayList<>();
		this.histories.forEach((name, history) -> {
			if (isCorrect("history." + name + ".", history)) {
				if (!history.topics().isEmpty()) {
					add(history.topics(name), topics, "topics");
				}
				if (!history.destinations().isEmpty()) {
					add(history.destinations(name), destinations, "destinations");
				}
			}
		});
		fitsHeap(Stream.concat(topics.stream(), destinations.stream()).toList());
	}

	private void add(HistorySettings settings, List<HistorySettings> others, String property) {
		others.forEach((other) -> apart(other, settings, property));
		others.add(settings);
	}

	private boolean isCorrect(String prefix, HistoryProperties history) {
		boolean any = require(!history.topics().isEmpty() || !history.destinations().isEmpty(), prefix + "topics",
				"must have a topic, such as orders, or a prefix followed by *, such as room:*, unless destinations "
						+ "has a destination");
		boolean topics = topics(prefix + "topics", "topic", history.topics())
				&& topics(prefix + "destinations", "destination", history.destinations());
		boolean size = require(history.size() > 0 && history.size() <= HistorySettings.MAX_SIZE, prefix + "size",
				"must be from 1 to " + HistorySettings.MAX_SIZE);
		boolean ttl = require(
				history.ttl().compareTo(SHORTEST) >= 0 && history.ttl().compareTo(HistorySettings.MAX_TTL) <= 0,
				prefix + "ttl", "must be from a second to " + HistorySettings.MAX_TTL.toHours() + " hours");
		boolean bytes = require(history.bytes().compareTo(LEAST) >= 0, prefix + "bytes",
				"must be at least " + LEAST.toKilobytes() + "KB");
		return any && topics && size && ttl && bytes;
	}

	private boolean topics(String property, String noun, List<String> topics) {
		boolean all = true;
		for (String topic : topics) {
			int star = topic.indexOf('*');
			all &= require(!topic.isBlank(), property, "has an empty " + noun);
			all &= require(star < 0 || star == topic.length() - 1, property,
					"has '" + LogText.of(topic) + "': * is possible at the end of a " + noun + " only");
			all &= require(Utf8.isWellFormed(topic), property, "has a " + noun + " that is not well-formed text");
			all &= require(!Utf8.isWellFormed(topic) || Utf8.length(topic) <= LONGEST_TOPIC, property,
					"has a " + noun + " of more than " + LONGEST_TOPIC + " bytes, which no message can have");
		}
		return all;
	}

	private void apart(HistorySettings one, HistorySettings other, String property) {
		try {
			HistorySettings.requireApart(List.of(one, other));
		}
		catch (IllegalArgumentException ex) {
			this.reject.accept("history." + other.name() + "." + property, String.valueOf(ex.getMessage()));
		}
	}

	private void fitsHeap(List<HistorySettings> histories) {
		long all = histories.stream().mapToLong(HistorySettings::bytes).reduce(0, HistoryRules::sum);
		histories.stream()
			.reduce((one, other) -> (other.bytes() > one.bytes()) ? other : one)
			.filter((largest) -> all > this.heap / 2)
			.ifPresent((largest) -> this.reject.accept("history." + largest.name() + ".bytes",
					"is too much: all histories together may keep " + all + " bytes, which is more than half of the "
							+ "heap of this node (" + this.heap + " bytes)"));
	}

	private static long sum(long one, long other) {
		return (one > Long.MAX_VALUE - other) ? Long.MAX_VALUE : one + other;
	}

	private boolean require(boolean correct, String property, String reason) {
		if (!correct) {
			this.reject.accept(property, reason);
		}
		return correct;
	}

}
