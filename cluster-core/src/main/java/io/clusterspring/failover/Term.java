package io.clusterspring.failover;

import org.jspecify.annotations.Nullable;

/**
 * The time during which a claim of this node is valid.
 *
 * @param granted when it began, {@code null} if it has no end
 * @param nanos its duration in nanoseconds
 */
record Term(@Nullable Moment granted, long nanos) {

	static final Term UNLIMITED = new Term(null, Long.MAX_VALUE);

	static final Term NONE = new Term(Moment.ZERO, Long.MIN_VALUE);

	/**
	 * Return the time that is left.
	 * @param now the present moment
	 * @return nanoseconds, zero or less when the term is over
	 */
	long left(Moment now) {
		return (this.granted != null) ? this.nanos - now.since(this.granted) : Long.MAX_VALUE;
	}

	boolean isValid(Moment now) {
		return this.granted == null || now.mostSince(this.granted) < this.nanos;
	}

}
