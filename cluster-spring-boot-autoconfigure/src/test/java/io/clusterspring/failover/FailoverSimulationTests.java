package io.clusterspring.failover;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;

/**
 * Histories of crashes, restarts, leaves, freezes, partitions, commands and starts that
 * fail. {@code -Dfailover.histories} says how many.
 */
class FailoverSimulationTests {

	private static final List<Node> NODES = IntStream.rangeClosed(1, 5)
		.mapToObj((number) -> Node.of("n" + number + "@127.0.0.1"))
		.toList();

	private static final Set<String> NAMES = Set.of("a", "b", "c");

	private static final int HISTORIES = Integer.getInteger("failover.histories", 25);

	@Test
	void withAQuorumItNeverRunsTwice() {
		for (long seed = 1; seed <= HISTORIES; seed++) {
			Random random = new Random(seed);
			int size = 3 + random.nextInt(3);
			SimulatedCluster cluster = new SimulatedCluster(seed, placements(random, size, Quorum.MAJORITY), true);
			cluster.longestStop = 1000;
			cluster.loss = random.nextInt(3) * 0.02;
			live(cluster, random, size, true);
			ends(seed, cluster, size);
		}
	}

	@Test
	void withoutAQuorumItNeverRunsTwiceWhileTheNetworkIsWhole() {
		for (long seed = 1; seed <= HISTORIES; seed++) {
			Random random = new Random(seed);
			int size = 2 + random.nextInt(4);
			SimulatedCluster cluster = new SimulatedCluster(seed, placements(random, size, Quorum.NONE), true);
			live(cluster, random, size, false);
			ends(seed, cluster, size);
		}
	}

	@Test
	void withoutAQuorumEachSideRunsItOnceAndTheWholeOnce() {
		for (long seed = 1; seed <= HISTORIES; seed++) {
			Random random = new Random(seed);
			int size = 2 + random.nextInt(4);
			SimulatedCluster cluster = new SimulatedCluster(seed, placements(random, size, Quorum.NONE), false);
			cluster.loss = random.nextInt(3) * 0.02;
			live(cluster, random, size, true);
			cluster.loss = 0;
			boot(cluster, size);
			cluster.divide(sides(random, size, 2), 3000);
			cluster.run(75_000);
			oncePerSide(seed, cluster);
			ends(seed, cluster, size);
		}
	}

	private static void live(SimulatedCluster cluster, Random random, int size, boolean divided) {
		for (int event = 0; event < 40; event++) {
			Node node = NODES.get(random.nextInt(size));
			SimulatedNode present = cluster.node(node);
			if (present == null || present.dead) {
				if (random.nextBoolean()) {
					cluster.boot(node, NAMES);
				}
			}
			else {
				happen(cluster, random, size, divided, node);
			}
			cluster.run(random.nextInt(random.nextBoolean() ? 500 : 15_000));
		}
	}

	private static void happen(SimulatedCluster cluster, Random random, int size, boolean divided, Node node) {
		SimulatedNode present = cluster.node(node);
		String name = List.of("a", "b", "c").get(random.nextInt(3));
		switch (random.nextInt(divided ? 8 : 5)) {
			case 0 -> cluster.crash(node);
			case 1 -> cluster.leave(node);
			case 2 -> {
				boolean permitted = random.nextBoolean();
				cluster.log(node + " permits " + name + " " + permitted);
				present.act(() -> present.state.permit(name, permitted));
			}
			case 3 -> {
				Node target = NODES.get(random.nextInt(size));
				cluster.log(name + " to " + target);
				present.act(() -> present.state.application(name).pin(target, present.now()));
			}
			case 4 -> cluster.setFailing(node, random.nextBoolean());
			case 5 -> cluster.freeze(node, random.nextInt(20_000));
			case 6 -> cluster.divide(sides(random, size, 2), 3000);
			default -> cluster.divide(sides(random, size, 1), 3000);
		}
	}

	private static Map<Node, Integer> sides(Random random, int size, int count) {
		Map<Node, Integer> sides = new HashMap<>();
		NODES.subList(0, size).forEach((node) -> sides.put(node, random.nextInt(count)));
		return sides;
	}

	private static void boot(SimulatedCluster cluster, int size) {
		for (Node node : NODES.subList(0, size)) {
			cluster.setFailing(node, false);
			SimulatedNode present = cluster.node(node);
			if (present == null || present.dead) {
				cluster.boot(node, NAMES);
			}
			else {
				NAMES.forEach((name) -> present.act(() -> present.state.permit(name, true)));
			}
		}
	}

	private static void ends(long seed, SimulatedCluster cluster, int size) {
		cluster.loss = 0;
		cluster.run(25_000);
		boot(cluster, size);
		cluster.divide(sides(new Random(seed), size, 1), 3000);
		cluster.run(75_000);
		oncePerSide(seed, cluster);
	}

	private static void oncePerSide(long seed, SimulatedCluster cluster) {
		for (String name : NAMES) {
			List<Node> owners = cluster.owners(name);
			for (SimulatedNode node : cluster.living()) {
				long near = owners.stream().filter((owner) -> cluster.together(owner, node.node)).count();
				if (near != 1) {
					String knowledge = cluster.living()
						.stream()
						.map((one) -> one.node + " knows " + one.state.reports(name, one.now()))
						.collect(Collectors.joining("\n"));
					throw new AssertionError("seed " + seed + ": " + name + " runs at " + owners + ", " + near
							+ " near " + node.node + "\n" + knowledge + "\n" + String.join("\n", cluster.log()));
				}
			}
		}
	}

	private static Map<String, Placement> placements(Random random, int size, Quorum quorum) {
		List<Node> nodes = NODES.subList(0, size);
		List<List<Node>> order = List.of(nodes.subList(0, 1), nodes.subList(1, size));
		List<List<Node>> equal = List.of(nodes);
		Duration timeout = Duration.ofSeconds(random.nextInt(6));
		Map<String, Placement> placements = new HashMap<>();
		placements.put("a", placement(order, timeout, quorum));
		placements.put("b", placement(equal, timeout, quorum));
		if (quorum.kind() != Quorum.Kind.NONE) {
			placements.put("c", placement(List.of(), timeout, Quorum.of(size / 2 + 1)));
		}
		return placements;
	}

	private static Placement placement(List<List<Node>> nodes, Duration timeout, Quorum quorum) {
		return new Placement(nodes, timeout, quorum, Duration.ofSeconds(4), Duration.ofSeconds(2));
	}

}
