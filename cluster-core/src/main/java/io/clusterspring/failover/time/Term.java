package io.clusterspring.failover.time;

import org.jspecify.annotations.Nullable;

/**
 * The time during which a claim of this node is valid.
 *
 * @param granted when it began, {@code null} if it has no end
 * @param nanos its duration in nanoseconds
 */
public record Term(long token, @Nullable Moment granted, long nanos) {

	/**
	 * Return a term that never ends.
	 * @param token the token of the claim
	 */
	public static Term unlimited(long token) {
		return new Term(token, null, Long.MAX_VALUE);
	}

	/**
	 * Return a term that has never begun.
	 * @param token the token of the claim
	 */
	public static Term none(long token) {
		return new Term(token, Moment.ZERO, Long.MIN_VALUE);
	}

	/**
	 * Return the time that is left.
	 * @return nanoseconds, zero or less when the term is over
	 */
	public long left(Moment now) {
		return (this.granted != null) ? this.nanos - now.since(this.granted) : Long.MAX_VALUE;
	}

	/**
	 * Return whether the term still lasts, also if this machine has slept.
	 * @return {@code false} when the term is over
	 */
	public boolean isValid(Moment now) {
		return this.granted == null || now.mostSince(this.granted) < this.nanos;
	}

	/**
	 * Return whether the term still lasts. The clock is read only if the term has an end.
	 * @return {@code false} when the term is over
	 */
	public boolean isValid() {
		return this.granted == null || isValid(Moment.now());
	}

}
