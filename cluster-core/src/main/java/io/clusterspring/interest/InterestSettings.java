package io.clusterspring.interest;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * Settings of the interests of a node.
 *
 * @param maxTopics how many topics a node announces, and keeps of each other node
 * @param linger how long a topic without a subscriber stays announced
 */
public record InterestSettings(int maxTopics, Duration linger) {

	/** The settings of a node that says nothing else. */
	public static final InterestSettings DEFAULT = new InterestSettings(100_000, Duration.ofSeconds(10));

	public InterestSettings {
		Assert.isTrue(maxTopics > 0, "At least one topic must be announced");
		Assert.isTrue(!linger.isNegative(), "The time that a topic stays announced must not be negative");
	}

}
