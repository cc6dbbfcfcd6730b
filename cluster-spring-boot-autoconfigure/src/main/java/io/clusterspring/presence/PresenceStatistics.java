package io.clusterspring.presence;

/**
 * What presence has done on this node since its start.
 *
 * @param entries how many are present on all nodes, each meta counted
 * @param topics on how many topics
 * @param changes how many have come or gone, on whichever node
 * @param requests how many pages of state were asked for, of nodes that came and after
 * something was lost
 * @param lostMessages messages of other nodes that found the queue full; what they said
 * is asked for again
 * @param lostEvents events that were lost because listeners were too slow
 */
public record PresenceStatistics(long entries, long topics, long changes, long requests, long lostMessages,
		long lostEvents) {
}
