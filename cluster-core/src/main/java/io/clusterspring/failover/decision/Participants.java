package io.clusterspring.failover.decision;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

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

	/**
	 * Collect the nodes.
	 * @param rules the placement as this node has it
	 * @param text the placement as the nodes compare it
	 * @param view the nodes, the oldest first
	 * @param own the report of this node
	 * @param others the reports of the other nodes, the oldest node first
	 */
	Participants(PlacementRules rules, String text, List<Node> view, PeerReport own, List<PeerReport> others) {
		this.rules = rules;
		this.self = own.node();
		this.view = view;
		List<PeerReport> before = others.stream().filter((other) -> isOlder(other.node())).toList();
		List<PeerReport> after = others.stream().filter((other) -> !isOlder(other.node())).toList();
		this.all = concat(before, List.of(own), after);
		this.alike = this.all.stream().filter((peer) -> peer.report().placement().equals(text)).toList();
	}

	private boolean isOlder(Node node) {
		return this.view.indexOf(node) < this.view.indexOf(this.self);
	}

	private static List<PeerReport> concat(List<PeerReport> before, List<PeerReport> own, List<PeerReport> after) {
		List<PeerReport> all = new ArrayList<>(before);
		all.addAll(own);
		all.addAll(after);
		return List.copyOf(all);
	}

	/**
	 * Return those with the same placement.
	 * @return the nodes whose votes count and that may get votes
	 */
	List<PeerReport> alike() {
		return this.alike;
	}

	/**
	 * Return the node whose placement counts. Among the nodes whose placement requires
	 * the most votes, it is the node that has the application, otherwise the oldest.
	 * @return the node with the placement that counts
	 */
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

	/**
	 * Return the votes for the claim of this node.
	 * @param incarnation the incarnation of this node
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
	 * Choose the node that should start the application. A node with a failed start is
	 * chosen only if there is no other.
	 * @param pinned the node that it was moved to by hand, if any
	 * @param last the node on which it ran last, if any
	 * @return the node, {@code null} if none can start it
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

}
