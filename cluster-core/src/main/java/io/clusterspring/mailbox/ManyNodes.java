package io.clusterspring.mailbox;

/**
 * How much less often a node does what each node does for each other one, so that its
 * work does not grow with the number of nodes.
 */
public final class ManyNodes {

	/** Up to so many nodes nothing is done less often. */
	public static final int FEW = 8;

	private static final int MOST = 4;

	private ManyNodes() {
	}

	/**
	 * Return how many times longer a pause is than among few nodes.
	 * @param nodes the number of nodes, this one included
	 * @return a factor from 1 to 4
	 */
	public static double slowdown(int nodes) {
		return Math.min(MOST, Math.max(1, (double) nodes / FEW));
	}

}
