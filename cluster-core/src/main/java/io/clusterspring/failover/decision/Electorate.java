package io.clusterspring.failover.decision;

/**
 * The nodes that must agree before an application runs, and how many of them, in a form
 * that nodes can compare. If two nodes have different electorates, the node with the
 * weaker one does not run the application: otherwise two parts of a divided network could
 * both have enough votes.
 *
 * @param required the number of votes that are needed, {@code 0} without a quorum
 * @param nodes the nodes whose votes count, {@code [any]} if there is no list
 */
record Electorate(int required, String nodes) implements Comparable<Electorate> {

	static Electorate of(PlacementRules rules) {
		return new Electorate(rules.required(),
				rules.listed().isEmpty() ? "[any]" : rules.listed().stream().sorted().toList().toString());
	}

	boolean isStrongerThan(Electorate other) {
		return compareTo(other) > 0;
	}

	/**
	 * Compare the strength. Electorates with the same number of votes and different nodes
	 * are ordered by their nodes, so that all nodes choose the same one.
	 */
	@Override
	public int compareTo(Electorate other) {
		if (this.required != other.required) {
			return Integer.compare(this.required, other.required);
		}
		return (this.required != 0) ? this.nodes.compareTo(other.nodes) : 0;
	}

}
