package io.clusterspring.presence;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How soon, and how much at once.
 *
 * @param heartbeat how often a node tells the others how far it has come
 * @param deltaInterval the least time between two messages to other nodes; what is
 * tracked meanwhile shares the second
 * @param diffInterval the least time between two diffs of a topic to clients; what
 * changes meanwhile shares the second
 * @param queueCapacity how much may wait in each of the queues
 * @param pageSize about how many bytes a message to another node has at most, unless one
 * entry has more
 */
public record PresenceLimits(Duration heartbeat, Duration deltaInterval, Duration diffInterval, int queueCapacity,
		int pageSize) {

	/** The least heartbeat. */
	public static final Duration SHORTEST_HEARTBEAT = Duration.ofMillis(10);

	/** What is in force unless configured otherwise. */
	public static final PresenceLimits DEFAULT = new PresenceLimits(Duration.ofSeconds(1), Duration.ofMillis(5),
			Duration.ofMillis(50), 65536, 64 * 1024);

	public PresenceLimits {
		Assert.isTrue(heartbeat.compareTo(SHORTEST_HEARTBEAT) >= 0, "The heartbeat is too fast");
		Assert.isTrue(!deltaInterval.isNegative() && !diffInterval.isNegative(), "Intervals must not be negative");
		Assert.isTrue(queueCapacity > 0 && pageSize > 0, "Limits must be positive");
	}

}
