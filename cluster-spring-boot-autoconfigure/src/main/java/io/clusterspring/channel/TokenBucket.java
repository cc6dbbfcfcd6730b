package io.clusterspring.channel;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.springframework.util.Assert;

/**
 * Lets through so many per second, and as many at once after a second of rest. It keeps
 * one number, the time at which the bucket will be full again, and needs no timer. May be
 * used by any thread.
 */
final class TokenBucket {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final long interval;

	private final LongSupplier clock;

	private final AtomicLong fullAt;

	/**
	 * Create a bucket that is full.
	 * @param perSecond how many tokens a second brings, and how many the bucket holds
	 * @param clock tells the time in nanoseconds, as {@link System#nanoTime()} does
	 */
	TokenBucket(int perSecond, LongSupplier clock) {
		Assert.isTrue(perSecond > 0, "A bucket needs a rate");
		this.interval = SECOND / perSecond;
		this.clock = clock;
		this.fullAt = new AtomicLong(clock.getAsLong());
	}

	/**
	 * Take a token.
	 * @return whether there was one
	 */
	boolean take() {
		long now = this.clock.getAsLong();
		while (true) {
			long present = this.fullAt.get();
			long next = ((present - now > 0) ? present : now) + this.interval;
			if (next - now > SECOND) {
				return false;
			}
			if (this.fullAt.compareAndSet(present, next)) {
				return true;
			}
		}
	}

}
