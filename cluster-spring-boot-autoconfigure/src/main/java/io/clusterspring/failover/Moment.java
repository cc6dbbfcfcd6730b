package io.clusterspring.failover;

import java.util.concurrent.TimeUnit;

/**
 * A point in time of this node, by both its clocks.
 *
 * @param nanos of the clock that is never set, but may stand still while the machine
 * sleeps
 * @param millis of the clock on the wall, which goes on then, but may be set
 */
record Moment(long nanos, long millis) {

	static Moment now() {
		return new Moment(System.nanoTime(), System.currentTimeMillis());
	}

	/**
	 * Return how long ago another moment is, for who must not be late for fear of
	 * counting too much.
	 * @param earlier the other moment
	 * @return nanoseconds
	 */
	long since(Moment earlier) {
		return this.nanos - earlier.nanos;
	}

	/**
	 * Return how long ago another moment is by the clock that says more, for who must not
	 * count too little.
	 * @param earlier the other moment
	 * @return nanoseconds
	 */
	long mostSince(Moment earlier) {
		return Math.max(since(earlier), TimeUnit.MILLISECONDS.toNanos(this.millis - earlier.millis));
	}

}
