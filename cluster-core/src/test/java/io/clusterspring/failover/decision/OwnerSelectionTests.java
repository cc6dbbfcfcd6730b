package io.clusterspring.failover.decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;
import io.clusterspring.failover.decision.Participants.OwnerSelection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OwnerSelection} with all views of up to five nodes, all placements of
 * them, all earlier owners, and loads of zero or one.
 */
class OwnerSelectionTests {

	private static final List<Node> NODES = IntStream.rangeClosed(1, 5)
		.mapToObj((number) -> Node.of("n" + number + "@127.0.0.1"))
		.toList();

	@Test
	void theFirstReadyGroupGetsItThenTheOwnerThenTheNodeWithTheFewest() {
		int cases = 0;
		for (int size = 1; size <= 5; size++) {
			for (List<List<Node>> groups : weakOrders(NODES.subList(0, size))) {
				Placement placement = placement(groups);
				for (int ready = 0; ready < 1 << size; ready++) {
					cases += checkLoads(placement, size, ready);
				}
			}
		}
		assertThat(cases).isGreaterThan(700_000);
	}

	private static int checkLoads(Placement placement, int size, int ready) {
		int cases = 0;
		for (int loaded = 0; loaded <= ready; loaded++) {
			for (int current = -1; (loaded & ~ready) == 0 && current < size; current++) {
				check(placement, size, ready, loaded, (current >= 0) ? NODES.get(current) : null);
				cases++;
			}
		}
		return cases;
	}

	private static void check(Placement placement, int size, int ready, int loaded, Node current) {
		Map<Node, Integer> loads = loads(size, ready, loaded);
		Node chosen = OwnerSelection.choose(placement, NODES.subList(0, size), loads, current);
		if (loads.isEmpty()) {
			assertThat(chosen).isNull();
			return;
		}
		int best = loads.keySet().stream().mapToInt((node) -> rank(placement, node)).min().orElseThrow();
		boolean stays = loads.containsKey(current) && rank(placement, current) == best;
		boolean right = stays ? current.equals(chosen)
				: rank(placement, chosen) == best && loads.keySet()
					.stream()
					.filter((node) -> rank(placement, node) == best)
					.allMatch((node) -> loads.get(chosen) <= loads.get(node));
		if (!right) {
			throw new AssertionError(chosen + " of " + loads + " after " + current + " by " + placement);
		}
	}

	private static int rank(Placement placement, Node node) {
		return IntStream.range(0, placement.nodes().size())
			.filter((group) -> placement.nodes().get(group).contains(node))
			.findFirst()
			.orElse(Integer.MAX_VALUE);
	}

	private static Map<Node, Integer> loads(int size, int ready, int loaded) {
		Map<Node, Integer> loads = new HashMap<>();
		for (int node = 0; node < size; node++) {
			if ((ready & 1 << node) != 0) {
				loads.put(NODES.get(node), loaded >> node & 1);
			}
		}
		return loads;
	}

	@Test
	void withoutAListTheOwnerKeepsItOtherwiseTheOldestGetsIt() {
		for (int size = 1; size <= 5; size++) {
			for (List<Node> view : permutations(NODES.subList(0, size))) {
				for (int ready = 0; ready < 1 << size; ready++) {
					Map<Node, Integer> loads = loads(size, ready, ready >> 1);
					Node oldest = view.stream().filter(loads::containsKey).findFirst().orElse(null);
					assertThat(OwnerSelection.choose(Placement.ANYWHERE, view, loads, null)).isEqualTo(oldest);
					for (Node current : NODES.subList(0, size)) {
						assertThat(OwnerSelection.choose(Placement.ANYWHERE, view, loads, current))
							.isEqualTo(loads.containsKey(current) ? current : oldest);
					}
				}
			}
		}
	}

	@Test
	void allChooseTheSame() {
		Placement placement = placement(List.of(List.of(NODES.get(2), NODES.get(0), NODES.get(1))));
		Map<Node, Integer> loads = loads(3, 7, 0);
		assertThat(permutations(NODES.subList(0, 3))).allSatisfy(
				(view) -> assertThat(OwnerSelection.choose(placement, view, loads, null)).isEqualTo(NODES.get(0)));
	}

	@Test
	void nodesThatAreNotListedNeverGetIt() {
		Placement placement = placement(List.of(List.of(NODES.get(0))));
		assertThat(OwnerSelection.choose(placement, NODES, loads(5, 30, 0), NODES.get(1))).isNull();
	}

	private static Placement placement(List<List<Node>> groups) {
		return new Placement(groups, Duration.ZERO, Quorum.NONE, Placement.DEFAULT_LEASE,
				Placement.DEFAULT_START_TIMEOUT, Placement.DEFAULT_STOP_TIMEOUT);
	}

	/** Return all ways to divide the nodes into ordered groups. */
	private static Set<List<List<Node>>> weakOrders(List<Node> nodes) {
		if (nodes.isEmpty()) {
			return Set.of(List.of());
		}
		Set<List<List<Node>>> orders = new HashSet<>();
		int all = (1 << nodes.size()) - 1;
		for (int first = 1; first <= all; first++) {
			List<Node> group = new ArrayList<>();
			List<Node> rest = new ArrayList<>();
			for (int node = 0; node < nodes.size(); node++) {
				List<Node> part = ((first >> node & 1) != 0) ? group : rest;
				part.add(nodes.get(node));
			}
			for (List<List<Node>> tail : weakOrders(rest)) {
				List<List<Node>> order = new ArrayList<>(List.of(group));
				order.addAll(tail);
				orders.add(order);
			}
		}
		return orders;
	}

	private static List<List<Node>> permutations(List<Node> nodes) {
		if (nodes.isEmpty()) {
			return List.of(List.of());
		}
		List<List<Node>> all = new ArrayList<>();
		for (Node first : nodes) {
			List<Node> rest = new ArrayList<>(nodes);
			rest.remove(first);
			for (List<Node> tail : permutations(rest)) {
				List<Node> one = new ArrayList<>(List.of(first));
				one.addAll(tail);
				all.add(one);
			}
		}
		return all;
	}

}
