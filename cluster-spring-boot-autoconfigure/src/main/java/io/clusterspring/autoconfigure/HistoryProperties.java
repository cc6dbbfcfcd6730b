package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.clusterspring.history.HistorySettings;

/**
 * Properties of a history: {@code cluster.history.<name>}.
 *
 * @param topics Patterns of topics whose messages are kept: whole topics, or prefixes
 * followed by '*'. No topic may have two histories.
 * @param destinations Patterns of destinations of Spring's simple STOMP broker whose
 * messages are kept, such as '/topic/prices.*': whole destinations, or prefixes followed
 * by '*'. No destination may have two histories.
 * @param size Maximum number of messages that are kept of one topic or destination.
 * @param ttl Time for which a message is kept.
 * @param bytes Maximum size of what this node keeps of all these topics together, and of
 * all these destinations together.
 */
record HistoryProperties(@DefaultValue List<String> topics, @DefaultValue List<String> destinations,
		@DefaultValue("100") int size, @DefaultValue("2m") Duration ttl, @DefaultValue("16MB") DataSize bytes) {

	/**
	 * Called for a property that is there in place of a history, because the name was
	 * left out.
	 * @throws IllegalArgumentException always, for the failure analysis
	 */
	public static HistoryProperties valueOf(String text) {
		throw new IllegalArgumentException(
				"a history needs a name, such as 'rooms': cluster.history.rooms.topics=" + text);
	}

	HistorySettings topics(String name) {
		return settings(name, this.topics);
	}

	HistorySettings destinations(String name) {
		return settings(name, this.destinations);
	}

	private HistorySettings settings(String name, List<String> patterns) {
		return new HistorySettings(name, patterns, this.size, this.ttl, this.bytes.toBytes());
	}

}
