package io.clusterspring.benchmarks;

/**
 * The result of a flood.
 *
 * @param sent how many messages were sent
 * @param hearers how many nodes received them
 * @param arrived how many arrived in order and once, summed over these nodes
 * @param nanos how long it took until the last had arrived
 */
record Flood(long sent, int hearers, long arrived, long nanos) {

	long lost() {
		return this.sent * this.hearers - this.arrived;
	}

	/**
	 * Return the text that {@link #of} parses.
	 */
	@Override
	public String toString() {
		return this.sent + " " + this.hearers + " " + this.arrived + " " + this.nanos;
	}

	static Flood of(String text) {
		String[] parts = text.split(" ");
		return new Flood(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]),
				Long.parseLong(parts[3]));
	}

}
