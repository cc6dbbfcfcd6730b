package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of presence.
 *
 * @param enabled Whether to keep track of who is present.
 * @param serverOnlyTopics Patterns of topics, such as 'jobs:*', of whose presences
 * clients are not told.
 * @param diffInterval Minimum time between two diffs of a topic to clients, and between
 * two states for those that join; what changes meanwhile shares the second.
 * @param deltaInterval Minimum time between two messages to other nodes; what changes
 * meanwhile shares the second.
 * @param heartbeatInterval Time after which a node tells the others how far it has come,
 * so that they notice what they have missed.
 * @param pageSize Maximum size of a message to another node, unless a single entry is
 * larger.
 * @param queueCapacity Maximum number of changes that wait for other nodes, for clients
 * of a topic or for event listeners, each.
 */
public record PresenceProperties(@DefaultValue("true") boolean enabled, @DefaultValue List<String> serverOnlyTopics,
		@DefaultValue("50ms") Duration diffInterval, @DefaultValue("5ms") Duration deltaInterval,
		@DefaultValue("1s") Duration heartbeatInterval, @DefaultValue("64KB") DataSize pageSize,
		@DefaultValue("65536") int queueCapacity) {
}
