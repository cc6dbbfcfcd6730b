package io.clusterspring.presence;

/**
 * The statistics of presence on a node since its start.
 *
 * @param entries the current number of metas of all nodes
 * @param topics the current number of topics with metas
 * @param changes the number of joins and leaves on all nodes
 * @param requests the number of requested pages of state, of new nodes and after losses
 * @param dropped the items that were dropped because a queue was full
 */
public record PresenceStatistics(long entries, long topics, long changes, long requests, Dropped dropped) {

	/**
	 * Items that were dropped because a queue was full.
	 *
	 * @param writes changes of this node that were not sent to other nodes, which request
	 * the state instead
	 * @param messages messages of other nodes, whose content is requested again
	 * @param changes joins and leaves of short-lived metas that were not sent to clients
	 * @param events events that were lost, because listeners were too slow
	 */
	public record Dropped(long writes, long messages, long changes, long events) {
	}

}
