package io.clusterspring.presence;

/**
 * When a node tells the number of its last change: a few times after each change, and
 * seldom while nothing changes, because each beat goes to all nodes. Not thread-safe.
 */
final class BeatRhythm {

	/** How many beats in a row tell a number. */
	static final int IN_A_ROW = 3;

	/** Of how many intervals one has a beat while nothing changes. */
	static final int SELDOM = 5;

	private long number = -1;

	private long intervals;

	/**
	 * Return whether the node is to tell its number now. It is called once in each
	 * interval.
	 * @param last the number of its last change
	 */
	boolean isDue(long last) {
		if (last != this.number) {
			this.number = last;
			this.intervals = 0;
		}
		long passed = this.intervals++;
		return passed < IN_A_ROW || passed % SELDOM == 0;
	}

}
