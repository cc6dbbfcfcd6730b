package io.clusterspring.failover;

import org.jspecify.annotations.Nullable;

/**
 * From when on, and for how long, a claim of this node is good.
 *
 * @param granted from when on, {@code null} if it is good until it is taken back
 * @param nanos for how long
 */
record Term(@Nullable Moment granted, long nanos) {

	static final Term UNLIMITED = new Term(null, Long.MAX_VALUE);

	static final Term NONE = new Term(Moment.ZERO, Long.MIN_VALUE);

	/**
	 * Return how much of it is left.
	 * @param now the present moment
	 * @return nanoseconds, none or less when it is over
	 */
	long left(Moment now) {
		return (this.granted != null) ? this.nanos - now.since(this.granted) : Long.MAX_VALUE;
	}

	boolean isValid(Moment now) {
		return this.granted == null || now.mostSince(this.granted) < this.nanos;
	}

}
