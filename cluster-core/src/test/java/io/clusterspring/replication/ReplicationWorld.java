package io.clusterspring.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import io.clusterspring.Node;
import io.clusterspring.replication.OwnChanges.PartSize;
import io.clusterspring.replication.Replicas.Changes;
import io.clusterspring.replication.Replicas.Request;
import io.clusterspring.replication.Replicas.StatePart;

/**
 * Nodes under a seeded scheduler, which does one thing at a time. Messages from one
 * process to another stay in order. Messages of dead processes may still be delivered.
 */
final class ReplicationWorld {

	private final Random random;

	private final boolean pages;

	private final int capacity;

	private final PartSize<Long> size;

	private final Process[] processes;

	private final int[] sides;

	private final Map<String, Deque<Runnable>> links = new LinkedHashMap<>();

	private boolean calm;

	private long incarnations;

	private long tokens;

	ReplicationWorld(long seed, boolean pages) {
		this.random = new Random(seed);
		this.pages = pages;
		this.capacity = (this.random.nextInt(4) == 0) ? 3 : 100;
		this.size = new PartSize<>((element) -> 1, 100, 1 + this.random.nextInt(3));
		this.processes = new Process[3 + this.random.nextInt(3)];
		this.sides = new int[this.processes.length];
	}

	void run(int steps) {
		for (int i = 0; i < steps; i++) {
			step();
		}
	}

	private void step() {
		int index = this.random.nextInt(this.processes.length);
		Process process = this.processes[index];
		int chance = this.random.nextInt(100);
		if (chance < 40) {
			deliverOne();
		}
		else if (chance < 43) {
			Arrays.setAll(this.sides, (side) -> this.random.nextInt(2));
			installViews();
		}
		else if (chance < 45) {
			heal();
		}
		else if (process == null) {
			this.processes[index] = new Process(index);
			installViews();
		}
		else if (chance < 48) {
			this.processes[index] = null;
			installViews();
		}
		else if (chance < 75) {
			process.write();
		}
		else if (chance < 95) {
			process.flush();
		}
		else {
			process.tick();
		}
	}

	private void deliverOne() {
		if (!this.links.isEmpty()) {
			String[] names = this.links.keySet().toArray(String[]::new);
			String name = names[this.random.nextInt(names.length)];
			Deque<Runnable> link = link(name);
			Runnable delivery = link.remove();
			if (link.isEmpty()) {
				this.links.remove(name);
			}
			delivery.run();
		}
	}

	private void heal() {
		Arrays.fill(this.sides, 0);
		installViews();
	}

	private List<Process> live() {
		return Arrays.stream(this.processes).filter((process) -> process != null).toList();
	}

	private void installViews() {
		for (Process process : live()) {
			List<Node> others = live().stream()
				.filter((other) -> other != process && areTogether(process, other))
				.map((other) -> other.node)
				.toList();
			link("view " + process.incarnation).add(() -> process.view(others));
		}
	}

	private boolean areTogether(Process one, Process other) {
		return this.sides[one.index] == this.sides[other.index];
	}

	private Deque<Runnable> link(String name) {
		return this.links.computeIfAbsent(name, (key) -> new ArrayDeque<>());
	}

	private void send(Process sender, Node to, BiConsumer<Replicas<Long, Long>, Node> message) {
		live().stream()
			.filter((receiver) -> receiver.node.equals(to))
			.forEach((receiver) -> send(sender, receiver, message));
	}

	private void send(Process sender, Process receiver, BiConsumer<Replicas<Long, Long>, Node> message) {
		if (this.processes[sender.index] != sender || !areTogether(sender, receiver)
				|| this.random.nextInt(20) == 0 && !this.calm) {
			return;
		}
		int copies = (this.random.nextInt(20) == 0) ? 2 : 1;
		for (int i = 0; i < copies; i++) {
			link(sender.incarnation + " to " + receiver.incarnation)
				.add(() -> message.accept(receiver.replicas, sender.node));
		}
	}

	/**
	 * Stop losing messages, and deliver until no message is left.
	 */
	void settle() {
		this.calm = true;
		heal();
		for (int round = 0; round < 6; round++) {
			live().forEach(Process::flush);
			live().forEach(Process::tick);
			while (!this.links.isEmpty()) {
				deliverOne();
			}
		}
	}

	void check() {
		for (Process process : live()) {
			require(process.replicas.isComplete(), process.node + " has a pending request");
			Map<Node, Set<Long>> truth = new HashMap<>();
			live().stream()
				.filter((other) -> other != process)
				.forEach((other) -> truth.put(other.node, new HashSet<>(other.own.keySet())));
			process.present.values().removeIf(Set::isEmpty);
			truth.values().removeIf(Set::isEmpty);
			require(process.present.equals(truth), process.node + " has " + process.present + " for " + truth);
		}
	}

	private static void require(boolean condition, String otherwise) {
		if (!condition) {
			throw new AssertionError(otherwise);
		}
	}

	/**
	 * One incarnation of a node. It owns numbers; a change is a number that it adds, or
	 * the negative of one that it removes.
	 */
	private final class Process implements Replicas.Outbox {

		private final int index;

		private final Node node;

		private final long incarnation = ++ReplicationWorld.this.incarnations;

		private final NavigableMap<Long, Long> own = new TreeMap<>();

		private final OwnChanges<Long> changes;

		private final Replicas<Long, Long> replicas;

		private final Map<Node, Set<Long>> present = new HashMap<>();

		private long added;

		Process(int index) {
			this.index = index;
			this.node = new Node("n" + index, "host");
			boolean pages = ReplicationWorld.this.pages;
			this.changes = new OwnChanges<>(this.incarnation,
					pages ? OwnChanges.Numbered.CHANGE : OwnChanges.Numbered.MESSAGE, ReplicationWorld.this.capacity,
					ReplicationWorld.this.size);
			this.replicas = new Replicas<>((node, started) -> new Numbers(this.present, node),
					() -> pages ? ++ReplicationWorld.this.tokens : 0, this);
		}

		void view(List<Node> others) {
			this.replicas.view(others);
			require(others.containsAll(this.present.entrySet()
				.stream()
				.filter((entry) -> !entry.getValue().isEmpty())
				.map(Map.Entry::getKey)
				.toList()), "ghosts of nodes that have left");
		}

		void write() {
			if (this.own.isEmpty() || ReplicationWorld.this.random.nextInt(5) < 3) {
				this.added++;
				this.own.put(this.added, this.added);
				this.changes.add(this.added);
			}
			else {
				List<Long> all = new ArrayList<>(this.own.keySet());
				long removed = all.get(ReplicationWorld.this.random.nextInt(all.size()));
				this.own.remove(removed);
				this.changes.add(-removed);
			}
		}

		void flush() {
			for (Changes<Long> next = this.changes.take(); next != null; next = this.changes.take()) {
				Changes<Long> message = next;
				broadcast((receiver, sender) -> receiver.changes(sender, message));
			}
		}

		void tick() {
			long number = this.changes.sent();
			broadcast((receiver, sender) -> receiver.beat(sender, this.incarnation, number));
			if (ReplicationWorld.this.pages) {
				this.replicas.tick();
			}
		}

		private void broadcast(BiConsumer<Replicas<Long, Long>, Node> message) {
			live().stream()
				.filter((receiver) -> receiver != this)
				.forEach((receiver) -> ReplicationWorld.this.send(this, receiver, message));
		}

		@Override
		public void ask(Node node, Request request) {
			send(this, node, (receiver, sender) -> receiver.asked(sender, request));
		}

		@Override
		public void answer(Node node, Request request) {
			if (!ReplicationWorld.this.pages) {
				flush();
			}
			List<Long> rest = List.copyOf(this.own.tailMap(request.after(), false).keySet());
			List<Long> entries = ReplicationWorld.this.pages ? ReplicationWorld.this.size.first(rest) : rest;
			long end = (entries.size() < rest.size()) ? entries.get(entries.size() - 1) : StatePart.ALL;
			StatePart<Long> part = new StatePart<>(request.token(), this.incarnation, this.changes.last(), end,
					entries);
			send(this, node, (receiver, sender) -> receiver.part(sender, part));
		}

	}

	/**
	 * A replica that is a set of numbers.
	 */
	private record Numbers(Map<Node, Set<Long>> present, Node node) implements Replica<Long, Long> {

		private Set<Long> all() {
			return this.present.computeIfAbsent(this.node, (key) -> new HashSet<>());
		}

		@Override
		public void apply(Long change) {
			if (change > 0) {
				all().add(change);
			}
			else {
				all().remove(-change);
			}
		}

		@Override
		public void replace(long after, long end, List<Long> entries) {
			require(entries.stream().allMatch((entry) -> entry > after && entry <= end), "entries out of range");
			all().removeIf((entry) -> entry > after && entry <= end);
			all().addAll(entries);
		}

	}

}
