package io.clusterspring.failover.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.StartReason;

/**
 * Simulates nodes in simulated time: a network that delays, loses, blocks and divides,
 * clocks of different speeds, crashes and freezes. It fails when an application runs on a
 * node where it must not run.
 */
final class SimulatedCluster {

	/** How long a node that leaves waits for its applications. */
	private static final int MOST_PATIENT = 4000;

	final SimulatedTime time;

	final Conditions conditions;

	private final long seed;

	private final Map<String, Placement> placements;

	private final SimulatedLinks links;

	private final Map<Node, SimulatedNode> nodes = new LinkedHashMap<>();

	private final List<String> log = new ArrayList<>();

	private final Set<Node> failing = new HashSet<>();

	private final Map<String, Long> tokens = new TreeMap<>();

	private long booted;

	SimulatedCluster(long seed, Map<String, Placement> placements, Conditions conditions) {
		this.seed = seed;
		this.time = new SimulatedTime(seed);
		this.placements = placements;
		this.conditions = conditions;
		this.links = new SimulatedLinks(this.time, conditions);
	}

	void log(String line) {
		this.log.add(this.time.now() + " " + line);
	}

	AssertionError failure(String what) {
		return new AssertionError(
				"seed " + this.seed + "L (-Dfailover.seed): " + what + "\n" + String.join("\n", this.log));
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
		SimulatedNode created = new SimulatedNode(this, node, ++this.booted, this.placements);
		this.nodes.remove(node);
		this.nodes.put(node, created);
		this.links.put(Map.of(node, 0));
		installViews(0);
		this.time.later(1 + this.time.random(200), () -> created.host(names));
		created.tick();
	}

	void crash(Node node) {
		log(node + " crashes");
		SimulatedNode crashed = this.nodes.get(node);
		crashed.dead = true;
		crashed.calls.running.clear();
		installViews(500);
	}

	/** Leave in order, as a node that is stopped. */
	void leave(Node node) {
		log(node + " leaves");
		SimulatedNode left = this.nodes.get(node);
		left.act(left.state::leave);
		awaitIdle(left, this.time.now() + MOST_PATIENT);
	}

	private void awaitIdle(SimulatedNode left, long until) {
		if (left.dead) {
			return;
		}
		if ((left.state.isIdle() || this.time.now() > until) && !left.freezes.isFrozen()) {
			left.dead = true;
			// the process ends with all calls that hang in it
			left.calls.running.clear();
			installViews(0);
		}
		else {
			this.time.later(10, () -> awaitIdle(left, until));
		}
	}

	/**
	 * A node freezes. A node that stands still for longer than failure detection is
	 * removed from the view.
	 */
	void frozen(SimulatedNode node, long millis) {
		int patience = this.conditions.detection * 4 / 5 + this.time.random(this.conditions.detection / 5);
		if (millis > this.conditions.detection) {
			this.time.later(patience, () -> divide(Map.of(node.node, -(int) node.number), 0));
			this.time.later(millis + 500 + this.time.random(3000), () -> {
				if (!node.dead && this.links.side(node.node) == -node.number) {
					divide(Map.of(node.node, 0), 0);
				}
			});
		}
	}

	void divide(Map<Node, Integer> divided, int detection) {
		log("sides " + divided);
		this.links.put(divided);
		installViews(detection);
	}

	boolean together(Node one, Node other) {
		return this.links.together(one, other);
	}

	private void installViews(int detection) {
		for (SimulatedNode node : living()) {
			Map<Node, Long> view = new LinkedHashMap<>();
			living().stream()
				.filter((other) -> together(node.node, other.node))
				.forEach((other) -> view.put(other.node, other.number));
			this.links.deliver("views " + node.number, node, this.time.random(detection + 100),
					() -> node.install(view));
		}
	}

	void send(SimulatedNode from, List<Node> to, FailoverFrame frame) {
		for (SimulatedNode receiver : living()) {
			boolean meant = to.contains(receiver.node);
			if (receiver != from && meant && from.reaches(receiver)) {
				this.links.send(from, receiver, frame, (there, arrived) -> there.heard(from, arrived));
			}
		}
	}

	void started(SimulatedNode node, String name, StartReason reason) {
		if (!this.conditions.exclusive) {
			return;
		}
		for (SimulatedNode other : living()) {
			if (other != node && other.calls.running.containsKey(name) && !other.isExcused(name)) {
				throw failure(name + " runs at " + other.node + " and starts at " + node.node);
			}
		}
		Long before = this.tokens.put(name, reason.token());
		if (before != null && before >= reason.token()) {
			throw failure(name + ": token " + reason.token() + " after " + before);
		}
	}

	/** Return the nodes on which it runs, except frozen nodes. */
	List<Node> owners(String name) {
		return living().stream()
			.filter((node) -> node.calls.running.containsKey(name) && !node.freezes.isFrozen())
			.map((node) -> node.node)
			.toList();
	}

	/** Return what each node knows about it. */
	Map<Node, Object> knowledge(String name) {
		Map<Node, Object> all = new HashMap<>();
		living().forEach((node) -> all.put(node.node, node.state.reports(name, node.now())));
		return all;
	}

}
