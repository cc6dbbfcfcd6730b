package io.clusterspring.channel.limit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.springframework.util.Assert;

/**
 * A token bucket: a rate limit with a burst of one second. Its only state is the time at
 * which the bucket is full again, so it needs no timer. Thread-safe.
 */
public final class TokenBucket {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final long interval;

	private final LongSupplier clock;

	private final AtomicLong fullAt;

	/**
	 * Create a bucket that is full.
	 * @param perSecond the number of tokens that are added in a second, and the capacity
	 * @param clock returns the time in nanoseconds, like {@link System#nanoTime()}
	 */
	public TokenBucket(int perSecond, LongSupplier clock) {
		Assert.isTrue(perSecond > 0, "The rate must be positive");
		this.interval = SECOND / perSecond;
		this.clock = clock;
		this.fullAt = new AtomicLong(clock.getAsLong());
	}

	/**
	 * Take a token.
	 * @return {@code false} if the bucket is empty
	 */
	public boolean take() {
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
