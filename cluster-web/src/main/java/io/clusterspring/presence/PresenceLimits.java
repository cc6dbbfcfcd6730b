package io.clusterspring.presence;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * The intervals and capacities of presence.
 *
 * @param heartbeat the interval in which a node sends its clock to the others
 * @param deltaInterval the minimum time between two messages to other nodes; changes in
 * between are sent together
 * @param diffInterval the minimum time between two diffs of a topic to clients; changes
 * in between are sent together
 * @param pageSize the approximate maximum size of a message to another node, in bytes; a
 * single entry may be larger
 */
public record PresenceLimits(Duration heartbeat, Duration deltaInterval, Duration diffInterval, int queueCapacity,
		int pageSize) {

	/** The shortest allowed heartbeat. */
	public static final Duration SHORTEST_HEARTBEAT = Duration.ofMillis(10);

	/** The defaults of the properties. */
	public static final PresenceLimits DEFAULT = new PresenceLimits(Duration.ofSeconds(1), Duration.ofMillis(5),
			Duration.ofMillis(50), 65536, 64 * 1024);

	public PresenceLimits {
		Assert.isTrue(heartbeat.compareTo(SHORTEST_HEARTBEAT) >= 0, "The heartbeat must be at least 10 ms");
		Assert.isTrue(!deltaInterval.isNegative() && !diffInterval.isNegative(), "Intervals must not be negative");
		Assert.isTrue(queueCapacity > 0 && pageSize > 0, "Limits must be positive");
	}

}
