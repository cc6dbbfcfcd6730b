package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of presence.
 *
 * @param enabled Whether to track presence.
 * @param serverOnlyTopics Patterns of topics, such as 'jobs:*', whose presences are not
 * sent to clients.
 * @param diffInterval Minimum time between two diffs of a topic to clients, and between
 * two states for clients that join. The second one has all changes in between.
 * @param deltaInterval Minimum time between two messages to other nodes. The second
 * message has all changes in between.
 * @param heartbeatInterval Time between two messages in which a node tells the number of
 * its last change, so that other nodes notice lost changes. While nothing changes, it is
 * five times as long.
 * @param pageSize Maximum size of a message to another node, unless a single entry is
 * larger.
 * @param queueCapacity Maximum number of changes that wait for other nodes, for clients
 * of a topic or for event listeners, each.
 */
record PresenceProperties(@DefaultValue("true") boolean enabled, @DefaultValue List<String> serverOnlyTopics,
		@DefaultValue("50ms") Duration diffInterval, @DefaultValue("5ms") Duration deltaInterval,
		@DefaultValue("1s") Duration heartbeatInterval, @DefaultValue("64KB") DataSize pageSize,
		@DefaultValue("65536") int queueCapacity) {
}
