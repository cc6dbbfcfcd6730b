package io.clusterspring.failover;

/**
 * A point in time of this node. The clock on the wall decides nothing about how long ago
 * it was: anybody can set that.
 *
 * @param nanos of the clock that is never set, but may stand still while the machine
 * sleeps
 * @param slept for how many nanoseconds it has, counted from anywhere
 * @param wall the clock on the wall in milliseconds, for people and for first tokens
 */
record Moment(long nanos, long slept, long wall) {

	static final Moment ZERO = new Moment(0, 0, 0);

	private static final MachineSleep sleep = MachineSleep.ofThisMachine();

	static Moment now() {
		long nanos = System.nanoTime();
		return new Moment(nanos, sleep.nanos(nanos), System.currentTimeMillis());
	}

	/**
	 * Return how long ago another moment is, for those that must not be late for fear of
	 * counting too much.
	 * @param earlier the other moment
	 * @return nanoseconds
	 */
	long since(Moment earlier) {
		return this.nanos - earlier.nanos;
	}

	/**
	 * Return how long ago another moment is with the time that the machine has slept, for
	 * those that must not count too little.
	 * @param earlier the other moment
	 * @return nanoseconds
	 */
	long mostSince(Moment earlier) {
		return since(earlier) + Math.max(0, this.slept - earlier.slept);
	}

}
