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
 * @param size Maximum number of messages that are kept of one topic.
 * @param ttl Time for which a message is kept.
 * @param bytes Maximum size of what this node keeps of all these topics together.
 */
record HistoryProperties(@DefaultValue List<String> topics, @DefaultValue("100") int size,
		@DefaultValue("2m") Duration ttl, @DefaultValue("16MB") DataSize bytes) {

	HistorySettings settings(String name) {
		return new HistorySettings(name, this.topics, this.size, this.ttl, this.bytes.toBytes());
	}

}
