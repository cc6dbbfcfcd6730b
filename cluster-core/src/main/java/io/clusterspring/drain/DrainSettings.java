package io.clusterspring.drain;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * The speed of closing connections when the node stops.
 *
 * @param batchSize the number of connections in a batch
 * @param interval the time between two batches
 * @param timeout the maximum time for all batches; they are made larger if they would
 * take longer than three quarters of it
 */
public record DrainSettings(int batchSize, Duration interval, Duration timeout) {

	public DrainSettings {
		Assert.isTrue(batchSize > 0, "The batch size must be positive");
		Assert.isTrue(!interval.isNegative() && !timeout.isNegative(), "Times must not be negative");
	}

	/**
	 * Return the batch size for a number of connections.
	 * @param connections the number of connections
	 * @return the configured size, or a larger one that is fast enough for the timeout
	 */
	int batchSizeFor(int connections) {
		if (this.interval.isZero()) {
			return this.batchSize;
		}
		long batches = 1 + this.timeout.multipliedBy(3).dividedBy(4).dividedBy(this.interval);
		return (int) Math.max(this.batchSize, (connections + batches - 1) / batches);
	}

}
