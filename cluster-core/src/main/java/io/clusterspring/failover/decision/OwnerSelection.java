package io.clusterspring.failover.decision;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;

/**
 * Chooses the node for an application, by the rules of Erlang's chapter "Distributed
 * Applications": the first node of the list that is up. Among nodes of equal priority it
 * is the present or last owner, otherwise the node that runs the fewest applications.
 * Without a list all nodes are equal: the owner keeps the application, otherwise the
 * oldest node gets it.
 */
final class OwnerSelection {

	private OwnerSelection() {
	}

	/**
	 * Choose a node.
	 * @param placement the placement of the application
	 * @param view the nodes, the oldest first
	 * @param ready the nodes that could run it, each with the number of applications it
	 * runs
	 * @param current the node that runs it or has run it last, if any
	 * @return the node, {@code null} if there is none
	 */
	static @Nullable Node choose(Placement placement, List<Node> view, Map<Node, Integer> ready,
			@Nullable Node current) {
		if (placement.nodes().isEmpty()) {
			return (current != null && ready.containsKey(current)) ? current
					: view.stream().filter(ready::containsKey).findFirst().orElse(null);
		}
		return placement.nodes()
			.stream()
			.map((group) -> group.stream().filter(ready::containsKey).toList())
			.filter((group) -> !group.isEmpty())
			.findFirst()
			.map((group) -> chooseEqual(group, ready, current))
			.orElse(null);
	}

	private static @Nullable Node chooseEqual(Collection<Node> group, Map<Node, Integer> ready,
			@Nullable Node current) {
		if (current != null && group.contains(current)) {
			return current;
		}
		Comparator<Node> fewest = Comparator.comparing((node) -> ready.getOrDefault(node, 0));
		return group.stream().min(fewest.thenComparing(Comparator.naturalOrder())).orElse(null);
	}

}
