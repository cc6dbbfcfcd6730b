package io.clusterspring.benchmarks;

/**
 * What became of a flood.
 *
 * @param sent how many messages were sent
 * @param hearers to how many nodes
 * @param arrived how many arrived, in order and once, summed over these nodes
 * @param nanos how long it took until the last had arrived
 */
record Flood(long sent, int hearers, long arrived, long nanos) {

	long lost() {
		return this.sent * this.hearers - this.arrived;
	}

	/**
	 * Return what {@link #of} takes back.
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
