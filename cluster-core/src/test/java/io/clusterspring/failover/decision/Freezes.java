package io.clusterspring.failover.decision;

import java.util.ArrayList;
import java.util.List;

/**
 * Records when a simulated node stood still, in true time.
 */
final class Freezes {

	/** The freeze that the reserve of a lease covers, besides late timers. */
	private static final long SHORT = 110;

	private static final long LATE = 250;

	private final List<long[]> past = new ArrayList<>();

	private long since = -1;

	private long planned;

	boolean isFrozen() {
		return this.since >= 0;
	}

	/** Plan a freeze at one of the next steps. */
	void plan(long millis) {
		this.planned = millis;
	}

	long plannedNow(SimulatedTime time) {
		if (this.planned == 0 || isFrozen() || time.random(4) != 0) {
			return 0;
		}
		long millis = this.planned;
		this.planned = 0;
		return millis;
	}

	void begin(long now) {
		this.since = now;
	}

	/** Return the duration of the freeze. */
	long end(long now) {
		long frozen = now - this.since;
		this.past.add(new long[] { this.since, now });
		this.since = -1;
		return frozen;
	}

	/**
	 * Return whether freezes are the reason why an action is late.
	 * @param due when the action had to begin
	 * @param now the present moment
	 * @param longest the longest duration of the action
	 * @return {@code true} if the freezes took more of that time than the reserve, and
	 * the action could not have ended by now after the last freeze
	 */
	boolean excuse(long due, long now, long longest) {
		long frozen = isFrozen() ? now - Math.max(due, this.since) : 0;
		long thaw = isFrozen() ? now : 0;
		for (long[] one : this.past) {
			frozen += Math.max(0, one[1] - Math.max(due, one[0]));
			thaw = Math.max(thaw, one[1]);
		}
		return frozen > SHORT && now <= thaw + longest + LATE;
	}

}
