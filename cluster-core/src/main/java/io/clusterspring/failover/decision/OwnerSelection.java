package io.clusterspring.failover.decision;

import java.util.Collections;
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

	// the ready nodes come with the number of applications they run; current is the
	// present
	// or last owner
	static @Nullable Node choose(Placement placement, List<Node> view, Map<Node, Integer> ready,
			@Nullable Node current) {
		boolean listed = !placement.nodes().isEmpty();
		Comparator<Node> best = listed
				? Comparator.<Node>comparingInt(ready::get).thenComparing(Comparator.naturalOrder())
				: Comparator.comparingInt(view::indexOf);
		return (listed ? placement.nodes() : List.of(view)).stream()
			.map((group) -> group.stream().filter(ready::containsKey).toList())
			.filter((group) -> !group.isEmpty())
			.findFirst()
			.map((group) -> (current != null && group.contains(current)) ? current : Collections.min(group, best))
			.orElse(null);
	}

}
