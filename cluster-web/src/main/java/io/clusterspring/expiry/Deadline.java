package io.clusterspring.expiry;

import java.time.Duration;
import java.time.Instant;

/**
 * A moment until which a client may be connected. The moment comes from a token, so it is
 * one of the wall clock. That clock is read once, when the deadline is created; from then
 * on the monotonic clock counts, so that setting the clock of the machine neither ends
 * nor prolongs a connection.
 *
 * @param nanos the deadline on the clock of {@link System#nanoTime()}
 * @param epochMillis the deadline to show to a client, in milliseconds since 1970
 */
public record Deadline(long nanos, long epochMillis) {

	// differences of the monotonic clock cannot overflow within this time
	private static final Duration FARTHEST = Duration.ofDays(50 * 365);

	/**
	 * Create a deadline.
	 * @param moment the moment; one that is more than 50 years away counts as 50 years
	 * @param now the present time on the clock of {@link System#nanoTime()}
	 * @return the deadline, which may be over
	 */
	public static Deadline at(Instant moment, long now) {
		return at(moment, Instant.now(), now);
	}

	static Deadline at(Instant moment, Instant wall, long now) {
		Instant first = wall.minus(FARTHEST);
		Instant last = wall.plus(FARTHEST);
		Instant bounded = moment.isBefore(first) ? first : moment.isAfter(last) ? last : moment;
		return new Deadline(now + Duration.between(wall, bounded).toNanos(), bounded.toEpochMilli());
	}

	/**
	 * Return whether the moment has come.
	 * @param now the present time in nanoseconds
	 * @return {@code true} from the deadline on
	 */
	public boolean isOver(long now) {
		return now - this.nanos >= 0;
	}

	/**
	 * Return whether less than a time is left.
	 * @param time the time in nanoseconds
	 * @param now the present time in nanoseconds
	 * @return {@code true} from the time before the deadline on
	 */
	public boolean isWithin(long time, long now) {
		return now - this.nanos >= -time;
	}

	/**
	 * Return how much time is left.
	 * @param now the present time in nanoseconds
	 * @return the time in milliseconds, not negative
	 */
	public long millisLeft(long now) {
		return Math.max(0, Duration.ofNanos(this.nanos - now).toMillis());
	}

}
