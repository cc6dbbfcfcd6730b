package io.clusterspring.presence;

import java.util.List;

/**
 * Consecutive writes of a node.
 *
 * @param incarnation the start of the node
 * @param from the number of the write before the first one
 * @param writes the writes; what was tracked has the number of its write as id
 */
record PresenceDelta(long incarnation, long from, List<PresenceMessage.Write> writes) implements PresenceMessage {

	/**
	 * Return the clock after it.
	 * @return the number of the last write
	 */
	long to() {
		return this.from + this.writes.size();
	}

}
