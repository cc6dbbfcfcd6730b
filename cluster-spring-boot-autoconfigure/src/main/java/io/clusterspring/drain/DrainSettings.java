package io.clusterspring.drain;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How fast connections are closed when the node goes down.
 *
 * @param batchSize how many are closed at a time
 * @param interval the time between two batches
 * @param timeout how long all of it may take; batches are made larger if they would not
 * be done in three quarters of it
 */
public record DrainSettings(int batchSize, Duration interval, Duration timeout) {

	public DrainSettings {
		Assert.isTrue(batchSize > 0, "A batch needs a size");
		Assert.isTrue(!interval.isNegative() && !timeout.isNegative(), "Times must not be negative");
	}

	/**
	 * Return how many connections to close at a time.
	 * @param connections how many there are
	 * @return the batch size, or as many more as it takes to be done in time
	 */
	int batchSizeFor(int connections) {
		if (this.interval.isZero()) {
			return this.batchSize;
		}
		long batches = 1 + this.timeout.multipliedBy(3).dividedBy(4).dividedBy(this.interval);
		return (int) Math.max(this.batchSize, (connections + batches - 1) / batches);
	}

}
