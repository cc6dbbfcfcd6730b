package io.clusterspring;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether the boot may go on: when every listed node, mandatory or optional, was
 * seen once, this one included. Not thread-safe.
 */
final class SyncBarrier {

	private final List<Node> mandatory;

	private final List<Node> optional;

	private final Set<Node> seen = new HashSet<>();

	SyncBarrier(Node self, SyncNodes nodes) {
		this.mandatory = nodes.mandatory().stream().map(NodeAddress::node).distinct().toList();
		this.optional = nodes.optional()
			.stream()
			.map(NodeAddress::node)
			.distinct()
			.filter((node) -> !this.mandatory.contains(node))
			.toList();
		this.seen.add(self);
	}

	void see(Collection<Node> nodes) {
		this.seen.addAll(nodes);
	}

	boolean isComplete() {
		return this.seen.containsAll(this.mandatory) && this.seen.containsAll(this.optional);
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
