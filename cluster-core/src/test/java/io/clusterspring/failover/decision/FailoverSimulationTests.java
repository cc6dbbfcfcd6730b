package io.clusterspring.failover.decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;
import io.clusterspring.failover.StartReason;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Simulates histories of crashes, restarts, leaves, freezes, partitions, commands and
 * failed starts: some with fixed seeds, others with new random seeds.
 * {@code -Dfailover.histories} sets the number of each; {@code -Dfailover.seed} repeats
 * one.
 */
class FailoverSimulationTests {

	private static final List<Node> NODES = IntStream.rangeClosed(1, 5)
		.mapToObj((number) -> Node.of("n" + number + "@127.0.0.1"))
		.toList();

	private static final Set<String> NAMES = Set.of("a", "b", "c");

	private static final int HISTORIES = Integer.getInteger("failover.histories", 8);

	private static final int MUTANTS = 40;

	@Test
	void withAQuorumItNeverRunsTwice() {
		seeds().forEach((seed) -> quorum(seed, (conditions) -> {
		}));
	}

	@Test
	void withoutAQuorumItNeverRunsTwiceWhileTheNetworkIsWhole() {
		seeds().forEach((seed) -> whole(seed, (conditions) -> {
		}));
	}

	@Test
	void withoutAQuorumEachSideRunsItOnceAndTheWholeOnce() {
		for (long seed : seeds()) {
			Random random = new Random(seed);
			int size = 2 + random.nextInt(4);
			Conditions conditions = new Conditions();
			conditions.exclusive = false;
			conditions.loss = random.nextInt(3) * 0.02;
			SimulatedCluster cluster = new SimulatedCluster(seed, placements(random, size, Quorum.NONE), conditions);
			live(cluster, random, size, true);
			conditions.calm();
			boot(cluster, size);
			cluster.divide(sides(random, size, 2), 3000);
			cluster.time.run(75_000);
			oncePerSide(cluster);
			ends(seed, cluster, size);
		}
	}

	@Test
	void whenItsNodeIsCutOffItHasStoppedBeforeItStartsElsewhere() {
		seeds().forEach((seed) -> cut(seed, (conditions) -> {
		}));
	}

	@Test
	void withAQuorumAStartThatIgnoresItsInterruptIsKeptFromTheOthers() {
		seeds().forEach((seed) -> whole(seed, (conditions) -> {
			conditions.quorum = Quorum.MAJORITY;
			conditions.hangingStarts = 40;
			// a lease covers short freezes only, and two that follow each other are a
			// long one
			conditions.thawIsExcused = true;
		}));
	}

	@Test
	void hangingStartsThatAreNotKeptFromTheOthersBreakIt() {
		breaks((seed) -> whole(seed, (conditions) -> {
			conditions.hangingStarts = 40;
			conditions.hangingStartsAreHeld = false;
		}));
	}

	@Test
	void withAQuorumItNeverRunsTwiceThoughMachinesSleep() {
		seeds().forEach((seed) -> quorum(seed, (conditions) -> conditions.freezesAreSleep = true));
	}

	@Test
	void sleepThatIsNotSeenBreaksIt() {
		breaks((seed) -> quorum(seed, (conditions) -> {
			conditions.freezesAreSleep = true;
			conditions.sleepsAreSeen = false;
		}));
	}

	@Test
	void aClockOnTheWallThatIsSetRestartsNothing() {
		for (long seed : seeds()) {
			Random random = new Random(seed);
			Conditions conditions = new Conditions();
			conditions.hangingStarts = 0;
			// an owner that receives too few votes must stop, independent of clocks
			conditions.blocked = 0;
			conditions.longestDelay = 50;
			SimulatedCluster cluster = new SimulatedCluster(seed, placements(random, 3, Quorum.MAJORITY), conditions);
			NODES.subList(0, 3).forEach((node) -> cluster.boot(node, NAMES));
			cluster.time.run(30_000);
			Map<Node, Map<String, StartReason>> before = running(cluster);
			for (int event = 0; event < 20; event++) {
				cluster.node(NODES.get(random.nextInt(3))).setWall((random.nextInt(3) - 1) * 3_600_000L);
				cluster.time.run(2000);
			}
			if (!running(cluster).equals(before)) {
				throw cluster.failure("what ran was restarted: " + before + ", now " + running(cluster));
			}
			oncePerSide(cluster);
		}
	}

	private static Map<Node, Map<String, StartReason>> running(SimulatedCluster cluster) {
		Map<Node, Map<String, StartReason>> all = new HashMap<>();
		cluster.living().forEach((node) -> all.put(node.node, Map.copyOf(node.calls.running)));
		return all;
	}

	@Test
	void clocksThatDifferByMoreThanIsSlackBreakIt() {
		breaks((seed) -> cut(seed, (conditions) -> conditions.drift = 0.2));
	}

	@Test
	void timersThatAreLaterThanTheReserveBreakIt() {
		breaks((seed) -> cut(seed, (conditions) -> {
			conditions.lateness = 800;
			conditions.tick = 800;
		}));
	}

	@Test
	void ticksInPlaceOfATimerAtTheEndBreakIt() {
		breaks((seed) -> cut(seed, (conditions) -> {
			conditions.timer = false;
			conditions.tick = 800;
		}));
	}

	@Test
	void stopsThatTakeLongerThanTheirTimeBreakIt() {
		breaks((seed) -> cut(seed, (conditions) -> conditions.stops = 1.4));
	}

	@Test
	void sendersThatHoldUpDecisionsBreakIt() {
		breaks((seed) -> cut(seed, (conditions) -> {
			conditions.senders = false;
			conditions.blocked = 0.2;
			conditions.outboxTimeout = 1500;
		}));
	}

	@Test
	void startsThatAreNotCheckedAfterAFreezeBreakIt() {
		breaks((seed) -> cut(seed, (conditions) -> {
			conditions.startsAreChecked = false;
			conditions.frozenStarts = 20_000;
		}));
	}

	@Test
	void aFrozenNodeIsTheOneThatMayNotHaveStopped() {
		breaks((seed) -> quorum(seed, (conditions) -> conditions.thawIsExcused = false));
	}

	@Test
	void aGraceShorterThanFailureDetectionBreaksIt() {
		breaks((seed) -> whole(seed, (conditions) -> conditions.grace = 1000));
	}

	private static void breaks(Consumer<Long> history) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> {
			for (long seed = 1; seed <= MUTANTS; seed++) {
				history.accept(seed);
			}
		}).withMessageContaining("-Dfailover.seed");
	}

	private static List<Long> seeds() {
		Long again = Long.getLong("failover.seed");
		if (again != null) {
			return List.of(again);
		}
		List<Long> seeds = new ArrayList<>();
		Random fresh = new Random();
		for (long seed = 1; seed <= HISTORIES; seed++) {
			seeds.add(seed);
			seeds.add(fresh.nextLong());
		}
		return seeds;
	}

	private static void quorum(long seed, Consumer<Conditions> change) {
		Random random = new Random(seed);
		int size = 3 + random.nextInt(3);
		Conditions conditions = new Conditions();
		conditions.loss = random.nextInt(3) * 0.02;
		conditions.frozenStarts = 20_000;
		change.accept(conditions);
		SimulatedCluster cluster = new SimulatedCluster(seed, placements(random, size, Quorum.MAJORITY), conditions);
		live(cluster, random, size, true);
		ends(seed, cluster, size);
	}

	private static void whole(long seed, Consumer<Conditions> change) {
		Random random = new Random(seed);
		int size = 2 + random.nextInt(4);
		Conditions conditions = new Conditions();
		// without a quorum, no node waits until the clocks agree on the order of tokens
		conditions.wall = 0;
		conditions.thawIsExcused = false;
		conditions.frozenStarts = conditions.detection * 4 / 5;
		conditions.deafStarts = true;
		change.accept(conditions);
		SimulatedCluster cluster = new SimulatedCluster(seed, placements(random, size, conditions.quorum), conditions);
		live(cluster, random, size, false);
		ends(seed, cluster, size);
	}

	/** Cut the owner off again and again, to test the arithmetic of leases. */
	private static void cut(long seed, Consumer<Conditions> change) {
		Random random = new Random(seed);
		Conditions conditions = new Conditions();
		conditions.frozenStarts = 20_000;
		change.accept(conditions);
		List<Node> nodes = NODES.subList(0, 3);
		SimulatedCluster cluster = new SimulatedCluster(seed,
				Map.of("a", placement(List.of(nodes), Duration.ZERO, Quorum.MAJORITY)), conditions);
		nodes.forEach((node) -> cluster.boot(node, Set.of("a")));
		for (int round = 0; round < 15; round++) {
			cluster.time.run(5000 + random.nextInt(3000));
			Map<Node, Integer> sides = new HashMap<>();
			nodes.forEach((node) -> sides.put(node, cluster.owners("a").contains(node) ? 1 : 0));
			cluster.divide(sides, 500);
			cluster.time.run(6000 + random.nextInt(2000));
			nodes.forEach((node) -> sides.put(node, 0));
			cluster.divide(sides, 500);
		}
	}

	private static void live(SimulatedCluster cluster, Random random, int size, boolean divided) {
		for (int event = 0; event < 30; event++) {
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
			cluster.time.run(random.nextInt(random.nextBoolean() ? 500 : 15_000));
		}
	}

	private static void happen(SimulatedCluster cluster, Random random, int size, boolean divided, Node node) {
		SimulatedNode present = cluster.node(node);
		String name = List.of("a", "b", "c").get(random.nextInt(3));
		switch (random.nextInt(divided ? 10 : 7)) {
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
			case 5 -> freeze(present, 1 + random.nextInt(100), random.nextBoolean());
			case 6 -> freeze(present, 1 + random.nextInt(divided ? 20_000 : cluster.conditions.detection * 4 / 5),
					random.nextBoolean());
			case 7, 8 -> cluster.divide(sides(random, size, 2), 3000);
			default -> cluster.divide(sides(random, size, 1), 3000);
		}
	}

	private static void freeze(SimulatedNode node, int millis, boolean now) {
		if (now && !node.freezes.isFrozen()) {
			node.freeze(millis);
		}
		else {
			node.freezes.plan(millis);
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
		cluster.conditions.calm();
		cluster.time.run(25_000);
		boot(cluster, size);
		cluster.divide(sides(new Random(seed), size, 1), 3000);
		cluster.time.run(75_000);
		oncePerSide(cluster);
	}

	private static void oncePerSide(SimulatedCluster cluster) {
		for (String name : NAMES) {
			List<Node> owners = cluster.owners(name);
			for (SimulatedNode node : cluster.living()) {
				long near = owners.stream().filter((owner) -> cluster.together(owner, node.node)).count();
				if (near != 1) {
					throw cluster.failure(name + " runs at " + owners + ", " + near + " near " + node.node + "\n"
							+ cluster.knowledge(name));
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
		return new Placement(nodes, timeout, quorum, Duration.ofSeconds(4), Duration.ofSeconds(3),
				Duration.ofSeconds(2));
	}

}
