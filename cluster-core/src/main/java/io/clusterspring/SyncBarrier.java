package io.clusterspring;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether the boot may continue: every listed node, mandatory or optional, has
 * been seen once, and the minimum number of nodes was present at the same time. This node
 * counts as seen. Not thread-safe.
 */
final class SyncBarrier {

	private final List<Node> mandatory;

	private final List<Node> optional;

	private final int minimum;

	private final Set<Node> seen = new HashSet<>();

	private int most = 1;

	SyncBarrier(Node self, SyncNodes nodes) {
		this.mandatory = nodes.mandatory().stream().map(NodeAddress::node).distinct().toList();
		this.optional = nodes.optional()
			.stream()
			.map(NodeAddress::node)
			.distinct()
			.filter((node) -> !this.mandatory.contains(node))
			.toList();
		this.minimum = nodes.minimum();
		this.seen.add(self);
	}

	void see(Collection<Node> nodes) {
		this.seen.addAll(nodes);
		this.most = Math.max(this.most, nodes.size());
	}

	boolean isComplete() {
		return this.seen.containsAll(this.mandatory) && this.seen.containsAll(this.optional) && isMinimumReached();
	}

	boolean isMinimumReached() {
		return this.most >= this.minimum;
	}

	/**
	 * Return the size of the largest view so far.
	 * @return the number of nodes, this one included
	 */
	int most() {
		return this.most;
	}

	List<Node> missingMandatory() {
		return missing(this.mandatory);
	}

	List<Node> missingOptional() {
		return missing(this.optional);
	}

	private List<Node> missing(List<Node> listed) {
		return listed.stream().filter((node) -> !this.seen.contains(node)).toList();
	}

}
