package io.clusterspring.failover.time;

/**
 * A point in time of this node. Durations never use the wall clock, which can be set.
 *
 * @param nanos the monotonic clock, which may stand still while the machine sleeps
 * @param slept the nanoseconds that the machine has slept, since an arbitrary moment
 * @param wall the wall clock in milliseconds, for people and for first tokens
 */
public record Moment(long nanos, long slept, long wall) {

	/** A moment before all others. */
	public static final Moment ZERO = new Moment(0, 0, 0);

	private static final MachineSleep sleep = MachineSleep.ofThisMachine();

	/** Read the clocks. */
	public static Moment now() {
		long nanos = System.nanoTime();
		return new Moment(nanos, sleep.nanos(nanos), System.currentTimeMillis());
	}

	/**
	 * Return a lower bound of the time since another moment: without the time that the
	 * machine has slept.
	 * @return nanoseconds
	 */
	public long since(Moment earlier) {
		return this.nanos - earlier.nanos;
	}

	/**
	 * Return an upper bound of the time since another moment: with the time that the
	 * machine has slept.
	 * @return nanoseconds
	 */
	public long mostSince(Moment earlier) {
		return since(earlier) + Math.max(0, this.slept - earlier.slept);
	}

}
