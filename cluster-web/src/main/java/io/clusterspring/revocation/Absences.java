package io.clusterspring.revocation;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * How long other nodes were outside the view. Not thread-safe; takes the time from its
 * caller.
 */
final class Absences {

	// a node that leaves for ever, such as a pod with a name of its own, is not kept for
	// ever
	private static final int CAPACITY = 1000;

	private final long limit;

	/** Since when, the longest absence first. */
	private final Map<Node, Long> away = new LinkedHashMap<>();

	private Set<Node> present = Set.of();

	/**
	 * Create an empty list.
	 * @param limit the longest absence that does not matter, in nanoseconds
	 */
	Absences(long limit) {
		this.limit = limit;
	}

	/**
	 * Return since when a node is outside the view.
	 * @param node a node that is not in the view, or was not in the one before
	 * @return the time, {@code null} if it has not been in any
	 */
	@Nullable Long since(Node node) {
		return this.away.get(node);
	}

	/**
	 * Take the next view.
	 * @param others the other nodes in it
	 * @param now the time
	 * @return whether a node has come back after a long time
	 */
	boolean changed(Set<Node> others, long now) {
		boolean returned = false;
		for (Node node : others) {
			Long since = this.away.remove(node);
			returned |= since != null && now - since > this.limit;
		}
		Set<Node> gone = new HashSet<>(this.present);
		gone.removeAll(others);
		gone.forEach((node) -> this.away.put(node, now));
		while (this.away.size() > CAPACITY) {
			this.away.remove(this.away.keySet().iterator().next());
		}
		this.present = Set.copyOf(others);
		return returned;
	}

}
