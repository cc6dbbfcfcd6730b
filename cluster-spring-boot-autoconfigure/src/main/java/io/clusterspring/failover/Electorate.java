package io.clusterspring.failover;

/**
 * Which nodes have to agree that an application runs, and how many of them, as the nodes
 * compare it. Where two differ, the weaker one is not run by: parts of a divided network
 * that go by different ones could both have the votes they ask for.
 *
 * @param required how many votes are needed, {@code 0} without a quorum
 * @param nodes whose votes count, {@code [any]} if there is no list
 */
record Electorate(int required, String nodes) implements Comparable<Electorate> {

	static Electorate of(Placement placement) {
		return new Electorate(placement.required(),
				placement.nodes().isEmpty() ? "[any]" : placement.listed().stream().sorted().toList().toString());
	}

	boolean isStrongerThan(Electorate other) {
		return compareTo(other) > 0;
	}

	/**
	 * Compare. Of those that ask for the same number of other nodes none is stronger, but
	 * one of them has to be chosen, and the same by all nodes.
	 */
	@Override
	public int compareTo(Electorate other) {
		if (this.required != other.required) {
			return Integer.compare(this.required, other.required);
		}
		return (this.required != 0) ? this.nodes.compareTo(other.nodes) : 0;
	}

}
