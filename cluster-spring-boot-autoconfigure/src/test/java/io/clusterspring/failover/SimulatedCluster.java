package io.clusterspring.failover;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.clusterspring.Node;

/**
 * Nodes in simulated time, with a network that delays, loses and divides, clocks of
 * different speeds, crashes and freezes: all by a seed, so that a history that went wrong
 * can be had again.
 */
final class SimulatedCluster {

	private static final int TICK = 200;

	private final Random random;

	private final Map<String, Placement> placements;

	private final PriorityQueue<Event> events = new PriorityQueue<>(
			Comparator.comparingLong(Event::time).thenComparingLong(Event::number));

	private final Map<Node, SimulatedNode> nodes = new LinkedHashMap<>();

	private final Map<Node, Integer> sides = new HashMap<>();

	private final Map<String, Long> arrivals = new HashMap<>();

	private final List<String> log = new ArrayList<>();

	private final Set<Node> failing = new HashSet<>();

	private final Map<String, Long> tokens = new TreeMap<>();

	private final boolean exclusive;

	private long time;

	private long number;

	double loss;

	int longestStop = 100;

	SimulatedCluster(long seed, Map<String, Placement> placements, boolean exclusive) {
		this.random = new Random(seed);
		this.placements = placements;
		this.exclusive = exclusive;
	}

	long time() {
		return this.time;
	}

	int random(int bound) {
		return this.random.nextInt(bound);
	}

	int longestStop() {
		return this.longestStop;
	}

	void log(String line) {
		this.log.add(this.time + " " + line);
	}

	List<String> log() {
		return this.log;
	}

	boolean failsToStart(Node node) {
		return this.failing.contains(node);
	}

	void setFailing(Node node, boolean fails) {
		if (fails ? this.failing.add(node) : this.failing.remove(node)) {
			log(node + " fails: " + fails);
		}
	}

	SimulatedNode node(Node node) {
		return this.nodes.get(node);
	}

	List<SimulatedNode> living() {
		return this.nodes.values().stream().filter((node) -> !node.dead).toList();
	}

	void boot(Node node, Set<String> names) {
		log(node + " boots");
		SimulatedNode booted = new SimulatedNode(this, node, 1 + this.random.nextInt(Integer.MAX_VALUE),
				0.98 + this.random.nextDouble() * 0.04, this.placements);
		this.nodes.remove(node);
		this.nodes.put(node, booted);
		this.sides.put(node, 0);
		installViews(0);
		later(1 + random(200), () -> booted.host(names));
		tick(booted);
	}

	private void tick(SimulatedNode node) {
		if (!node.dead) {
			node.act(() -> {
			});
			later(TICK, () -> tick(node));
		}
	}

	void crash(Node node) {
		log(node + " crashes");
		SimulatedNode crashed = this.nodes.get(node);
		crashed.dead = true;
		crashed.running.clear();
		installViews(500);
	}

	/** Leaves as an application that is stopped does. */
	void leave(Node node) {
		log(node + " leaves");
		SimulatedNode left = this.nodes.get(node);
		left.act(left.state::leave);
		awaitIdle(left);
	}

	private void awaitIdle(SimulatedNode left) {
		if (left.dead) {
			return;
		}
		if (left.state.isIdle()) {
			left.dead = true;
			installViews(0);
		}
		else {
			later(10, () -> awaitIdle(left));
		}
	}

	void freeze(Node node, int millis) {
		SimulatedNode frozen = this.nodes.get(node);
		if (!frozen.dead && !frozen.frozen) {
			log(node + " freezes for " + millis);
			frozen.frozen = true;
			later(millis, () -> {
				log(node + " goes on");
				frozen.thaw();
			});
		}
	}

	void divide(Map<Node, Integer> divided, int detection) {
		log("sides " + divided);
		this.sides.putAll(divided);
		installViews(detection);
	}

	boolean together(Node one, Node other) {
		return this.sides.get(one).equals(this.sides.get(other));
	}

	private void installViews(int detection) {
		for (SimulatedNode node : living()) {
			List<Node> view = living().stream()
				.map((other) -> other.node)
				.filter((other) -> together(node.node, other))
				.toList();
			deliver("views " + node.node, node, random(detection + 1), () -> node.state.viewChanged(view, node.now()));
		}
	}

	void send(SimulatedNode from, Node to, Consumer<SimulatedNode> delivery) {
		for (SimulatedNode receiver : living()) {
			if (receiver != from && (to == null || receiver.node.equals(to)) && together(from.node, receiver.node)
					&& this.random.nextDouble() >= this.loss) {
				deliver(from.node + " " + receiver.node + System.identityHashCode(receiver), receiver,
						1 + random((random(20) == 0) ? 300 : 5), () -> delivery.accept(receiver));
			}
		}
	}

	// in order, as between two nodes
	private void deliver(String way, SimulatedNode receiver, int delay, Runnable happening) {
		long at = Math.max(this.time + delay, this.arrivals.getOrDefault(way, 0L));
		this.arrivals.put(way, at);
		this.events.add(new Event(at, this.number++, () -> receiver.act(happening)));
	}

	void later(long millis, Runnable happening) {
		this.events.add(new Event(this.time + millis, this.number++, happening));
	}

	void run(long millis) {
		long end = this.time + millis;
		while (!this.events.isEmpty() && this.events.peek().time() <= end) {
			Event event = this.events.poll();
			this.time = event.time();
			event.happening().run();
		}
		this.time = end;
	}

	void started(SimulatedNode node, String name, StartReason reason) {
		List<Node> owners = owners(name);
		if (this.exclusive && owners.size() > 1) {
			throw new AssertionError(name + " runs at " + owners + "\n" + String.join("\n", this.log));
		}
		Long before = this.tokens.put(name, reason.token());
		if (this.exclusive && before != null && before >= reason.token()) {
			throw new AssertionError(
					name + ": token " + reason.token() + " after " + before + "\n" + String.join("\n", this.log));
		}
	}

	/** Where it runs, apart from nodes that were or are frozen and could not stop it. */
	List<Node> owners(String name) {
		return living().stream()
			.filter((node) -> node.running.containsKey(name) && !node.frozen && !node.late.contains(name))
			.map((node) -> node.node)
			.toList();
	}

	private record Event(long time, long number, Runnable happening) {
	}

}
