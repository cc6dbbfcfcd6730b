package io.clusterspring.failover.decision;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;

/**
 * The nodes of the view that know an application, this node included, with their reports
 * of one moment. Selects voters and owners.
 */
final class Participants {

	private final PlacementRules rules;

	private final Node self;

	private final List<Node> view;

	private final List<PeerReport> all;

	private final List<PeerReport> alike;

	// the text is the placement in the form that nodes compare; the others are in the
	// order of the view
	Participants(PlacementRules rules, String text, List<Node> view, PeerReport own, List<PeerReport> others) {
		this.rules = rules;
		this.self = own.node();
		this.view = view;
		this.all = inOrder(view, own, others);
		this.alike = this.all.stream().filter((peer) -> peer.report().placement().equals(text)).toList();
	}

	private static List<PeerReport> inOrder(List<Node> view, PeerReport own, List<PeerReport> others) {
		Set<Node> older = Set.copyOf(view.subList(0, Math.max(0, view.indexOf(own.node()))));
		List<PeerReport> all = new ArrayList<>(others);
		all.add((int) others.stream().takeWhile((other) -> older.contains(other.node())).count(), own);
		return all;
	}

	// the nodes whose votes count and that may get votes
	List<PeerReport> alike() {
		return this.alike;
	}

	// the node whose placement counts. Among the nodes whose placement requires the most
	// votes, it is the node that has the application, otherwise the oldest
	PeerReport measure() {
		Electorate strongest = Collections.max(this.all.stream().map(PeerReport::electorate).toList());
		List<PeerReport> strong = this.all.stream()
			.filter((peer) -> peer.electorate().compareTo(strongest) == 0)
			.toList();
		return strong.stream()
			.filter(PeerReport::isHolder)
			.max(Comparator.comparing(PeerReport::token))
			.orElse(strong.get(0));
	}

	List<PeerReport> voters() {
		return this.rules.isLeased() ? this.alike.stream().filter((peer) -> this.rules.names(peer.node())).toList()
				: this.alike;
	}

	// the votes for a claim of this node
	List<Vote> votes(long incarnation, long token) {
		return voters().stream()
			.map((voter) -> voter.report().vote())
			.filter((vote) -> vote != null && vote.isFor(this.self, incarnation, token))
			.toList();
	}

	/**
	 * Choose the node that should start the application. A node with a failed start is
	 * chosen only if there is no other.
	 * @param pinned the node that it was moved to by hand, if any
	 * @param last the node on which it ran last, if any
	 */
	@Nullable Node starter(@Nullable Node pinned, @Nullable Node last) {
		Map<Node, Integer> ready = with(Readiness.READY);
		return choose(ready.isEmpty() ? with(Readiness.FAILED) : ready, pinned, last);
	}

	/**
	 * Choose the node that should run the application which this node runs now.
	 * @param pinned the node that it was moved to by hand, if any
	 * @param load how many other applications run here
	 * @return the better node, or this node if there is none
	 */
	Node better(@Nullable Node pinned, int load) {
		Map<Node, Integer> ready = with(Readiness.READY);
		ready.put(this.self, load);
		Node chosen = choose(ready, pinned, this.self);
		return (chosen != null) ? chosen : this.self;
	}

	private @Nullable Node choose(Map<Node, Integer> ready, @Nullable Node pinned, @Nullable Node current) {
		return (pinned != null && ready.containsKey(pinned)) ? pinned
				: OwnerSelection.choose(this.rules.placement(), this.view, ready, current);
	}

	private Map<Node, Integer> with(Readiness readiness) {
		Map<Node, Integer> nodes = new HashMap<>();
		this.alike.stream()
			.filter((peer) -> peer.report().readiness() == readiness)
			.forEach((peer) -> nodes.put(peer.node(), peer.load()));
		return nodes;
	}

	/**
	 * Chooses the node for an application, by the rules of Erlang's chapter "Distributed
	 * Applications": the first node of the list that is up. Among nodes of equal priority
	 * it is the present or last owner, otherwise the node that runs the fewest
	 * applications. Without a list all nodes are equal: the owner keeps the application,
	 * otherwise the oldest node gets it.
	 */
	static final class OwnerSelection {

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

}
