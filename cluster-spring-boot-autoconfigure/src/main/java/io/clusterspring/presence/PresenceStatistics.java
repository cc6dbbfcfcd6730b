package io.clusterspring.presence;

/**
 * What presence has done on this node since its start.
 *
 * @param entries how many are present on all nodes, each meta counted
 * @param topics on how many topics
 * @param changes how many have come or gone, on whichever node
 * @param requests how many pages of state were asked for, of nodes that came and after
 * something was lost
 * @param dropped what found a queue full
 */
public record PresenceStatistics(long entries, long topics, long changes, long requests, Dropped dropped) {

	/**
	 * What found a queue full.
	 *
	 * @param writes changes of this node that were not sent to others, which ask for the
	 * state instead
	 * @param messages messages of other nodes; what they said is asked for again
	 * @param changes changes that clients were not told, of those who came and went
	 * @param events events that were lost because listeners were too slow
	 */
	public record Dropped(long writes, long messages, long changes, long events) {
	}

}
