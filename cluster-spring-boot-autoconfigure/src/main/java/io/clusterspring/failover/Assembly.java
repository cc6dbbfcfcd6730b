package io.clusterspring.failover;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * The nodes of the view that know an application, this one included, and what they say of
 * it at one moment.
 */
final class Assembly {

	private final Placement placement;

	private final Node self;

	private final List<Node> view;

	private final List<Sighting> all;

	private final List<Sighting> alike;

	/**
	 * Gather the nodes.
	 * @param placement the placement as this node has it
	 * @param text the placement as the nodes compare it
	 * @param view the nodes, the oldest first
	 * @param own what this node says
	 * @param others what the others say, the oldest first
	 */
	Assembly(Placement placement, String text, List<Node> view, Sighting own, List<Sighting> others) {
		this.placement = placement;
		this.self = own.node();
		this.view = view;
		List<Sighting> before = others.stream().filter((other) -> isOlder(other.node())).toList();
		List<Sighting> after = others.stream().filter((other) -> !isOlder(other.node())).toList();
		this.all = concat(before, List.of(own), after);
		this.alike = this.all.stream().filter((sighting) -> sighting.report().placement().equals(text)).toList();
	}

	private boolean isOlder(Node node) {
		return this.view.indexOf(node) < this.view.indexOf(this.self);
	}

	private static List<Sighting> concat(List<Sighting> before, List<Sighting> own, List<Sighting> after) {
		List<Sighting> all = new ArrayList<>(before);
		all.addAll(own);
		all.addAll(after);
		return List.copyOf(all);
	}

	/**
	 * Return those with the same placement.
	 * @return the nodes whose votes count, and who may be voted for
	 */
	List<Sighting> alike() {
		return this.alike;
	}

	/**
	 * Return whose placement counts, of those that ask for the most votes: that of the
	 * node that has the application, else that of the oldest.
	 * @return the measure
	 */
	Sighting measure() {
		Electorate strongest = Collections.max(this.all.stream().map(Sighting::electorate).toList());
		List<Sighting> strong = this.all.stream()
			.filter((sighting) -> sighting.electorate().compareTo(strongest) == 0)
			.toList();
		return strong.stream()
			.filter(Sighting::isHolder)
			.max(Comparator.comparing(Sighting::token))
			.orElse(strong.get(0));
	}

	List<Sighting> voters() {
		return this.placement.isLeased()
				? this.alike.stream().filter((sighting) -> this.placement.names(sighting.node())).toList() : this.alike;
	}

	/**
	 * Return the votes for the claim of this node.
	 * @param incarnation the life of this node
	 * @param token the token of its claim
	 * @return the votes
	 */
	List<Vote> votes(long incarnation, long token) {
		return voters().stream()
			.map((voter) -> voter.report().vote())
			.filter((vote) -> vote != null && vote.isFor(this.self, incarnation, token))
			.toList();
	}

	/**
	 * Choose the node to start the application: one that has failed only if there is no
	 * other.
	 * @param pinned where it was moved to by hand
	 * @param last where it has run last
	 * @return the node
	 */
	@Nullable Node starter(@Nullable Node pinned, @Nullable Node last) {
		Map<Node, Integer> ready = with(Readiness.READY);
		return choose(ready.isEmpty() ? with(Readiness.FAILED) : ready, pinned, last);
	}

	/**
	 * Choose the node to run the application that this one runs.
	 * @param pinned where it was moved to by hand
	 * @param load how many others run here
	 * @return the node, this one unless there is a better one
	 */
	Node better(@Nullable Node pinned, int load) {
		Map<Node, Integer> ready = with(Readiness.READY);
		ready.put(this.self, load);
		Node chosen = choose(ready, pinned, this.self);
		return (chosen != null) ? chosen : this.self;
	}

	private @Nullable Node choose(Map<Node, Integer> ready, @Nullable Node pinned, @Nullable Node current) {
		return (pinned != null && ready.containsKey(pinned)) ? pinned
				: OwnerSelection.choose(this.placement, this.view, ready, current);
	}

	private Map<Node, Integer> with(Readiness readiness) {
		Map<Node, Integer> nodes = new HashMap<>();
		this.alike.stream()
			.filter((sighting) -> sighting.report().readiness() == readiness)
			.forEach((sighting) -> nodes.put(sighting.node(), sighting.load()));
		return nodes;
	}

}
