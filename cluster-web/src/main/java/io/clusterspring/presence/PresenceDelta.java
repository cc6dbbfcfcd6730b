package io.clusterspring.presence;

import java.util.List;

/**
 * Consecutive writes of a node.
 *
 * @param incarnation the incarnation of the node
 * @param from the number of the write before the first one
 * @param writes the writes; the id of a tracked entry is the number of its write
 */
record PresenceDelta(long incarnation, long from, List<PresenceMessage.Write> writes) implements PresenceMessage {

	/**
	 * Return the clock after the delta.
	 * @return the number of the last write
	 */
	long to() {
		return this.from + this.writes.size();
	}

}
