package io.clusterspring.replication;

import java.util.List;

/**
 * This node's copy of all that one incarnation of another node owns.
 */
public interface Replica<C, E> {

	/** Apply a change, the next one by its number. */
	void apply(C change);

	/**
	 * Replace the entries in a range of ids. When the node leaves or restarts, no entries
	 * replace all.
	 * @param after the id before the range, 0 for the first range
	 * @param end the last id of the range
	 */
	void replace(long after, long end, List<E> entries);

}
