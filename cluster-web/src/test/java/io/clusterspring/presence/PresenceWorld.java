package io.clusterspring.presence;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.Node;
import io.clusterspring.pubsub.JacksonPayloadCodec;
import io.clusterspring.pubsub.PayloadCodec;

/**
 * Replicas under a seeded scheduler. At each step one event happens, such as the delivery
 * of one message. Messages from one process to another stay in order. Views are delivered
 * at any time, and messages of dead processes may still be delivered.
 */
final class PresenceWorld {

	static final PayloadCodec CODEC = new JacksonPayloadCodec(JsonMapper.shared());

	private static final String[] TOPICS = { "a", "b" };

	private final Random random;

	private final PresenceLimits limits;

	private final Process[] processes;

	private final int[] sides;

	private final Map<String, Deque<Runnable>> links = new LinkedHashMap<>();

	private boolean calm;

	private long incarnations;

	private long tokens;

	PresenceWorld(long seed) {
		this.random = new Random(seed);
		this.limits = new PresenceLimits(Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO,
				(this.random.nextInt(4) == 0) ? 3 : 100, (this.random.nextBoolean()) ? 1 : 100);
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
			cut();
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
		else {
			process.act(chance);
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

	private void cut() {
		for (int i = 0; i < this.sides.length; i++) {
			this.sides[i] = this.random.nextInt(2);
		}
		installViews();
	}

	private void heal() {
		Arrays.fill(this.sides, 0);
		installViews();
	}

	private void installViews() {
		for (Process process : this.processes) {
			if (process != null) {
				Set<Node> others = new HashSet<>();
				for (Process other : this.processes) {
					if (other != null && other != process && areTogether(process, other)) {
						others.add(other.node);
					}
				}
				link("view " + process.incarnation).add(() -> {
					process.state.view(others);
					process.sendMessages();
				});
			}
		}
	}

	private boolean areTogether(Process one, Process other) {
		return this.sides[one.index] == this.sides[other.index];
	}

	private Deque<Runnable> link(String name) {
		return this.links.computeIfAbsent(name, (key) -> new ArrayDeque<>());
	}

	private void send(Process sender, Node to, PresenceMessage message) {
		for (Process receiver : this.processes) {
			if (receiver != null && receiver.node.equals(to)) {
				send(sender, receiver, message);
			}
		}
	}

	private void send(Process sender, Process receiver, PresenceMessage message) {
		if (this.processes[sender.index] != sender || !areTogether(sender, receiver)
				|| this.random.nextInt(20) == 0 && !this.calm) {
			return;
		}
		int copies = (this.random.nextInt(20) == 0) ? 2 : 1;
		for (int i = 0; i < copies; i++) {
			link(sender.incarnation + " to " + receiver.incarnation).add(() -> {
				receiver.state.receive(sender.node, message);
				receiver.sendMessages();
			});
		}
	}

	/**
	 * Stop losing messages, and deliver until no message is left.
	 */
	void settle() {
		this.calm = true;
		heal();
		for (int round = 0; round < 6; round++) {
			for (Process process : this.processes) {
				if (process != null) {
					process.flush();
					process.tick();
				}
			}
			while (!this.links.isEmpty()) {
				deliverOne();
			}
		}
	}

	/**
	 * Assert that all replicas list exactly the entries of the live processes, and have
	 * reported them.
	 */
	void check() {
		Set<PresenceMeta> truth = new HashSet<>();
		for (Process process : this.processes) {
			if (process != null) {
				truth.addAll(process.tracked);
			}
		}
		for (Process process : this.processes) {
			if (process != null) {
				require(process.state.isComplete(), process.node + " has a pending request");
				require(process.table.size() == truth.size(), process.node + " has a wrong count");
				require(process.listed().equals(truth), process.node + " lists other entries");
				require(process.heard.equals(truth), process.node + " has reported other entries");
			}
		}
	}

	private static void require(boolean condition, String otherwise) {
		if (!condition) {
			throw new AssertionError(otherwise);
		}
	}

	/**
	 * One incarnation of a node.
	 */
	private final class Process implements PresenceTable.Observer {

		private final int index;

		private final Node node;

		private final long incarnation = ++PresenceWorld.this.incarnations << 8;

		private final PresenceTable table = new PresenceTable();

		private final PresenceState state;

		private final List<PresenceMeta> tracked = new ArrayList<>();

		private final Set<PresenceMeta> heard = new HashSet<>();

		Process(int index) {
			this.index = index;
			this.node = new Node("n" + index, "host");
			this.state = new PresenceState(new PresenceOrigin(this.node, this.incarnation, CODEC), this.table, this,
					() -> ++PresenceWorld.this.tokens, PresenceWorld.this.limits);
		}

		@Override
		public void joined(PresenceMeta meta) {
			require(this.heard.add(meta), meta + " joined twice");
		}

		@Override
		public void left(PresenceMeta meta) {
			require(this.heard.remove(meta), meta + " left twice");
		}

		void act(int chance) {
			Random random = PresenceWorld.this.random;
			if (chance < 75) {
				write(random);
			}
			else if (chance < 95) {
				flush();
			}
			else {
				tick();
			}
		}

		private void write(Random random) {
			int kind = random.nextInt(5);
			if (kind < 2 || this.tracked.isEmpty()) {
				this.tracked.add(this.state.put(TOPICS[random.nextInt(TOPICS.length)], "k" + random.nextInt(3),
						json(random), null));
				return;
			}
			PresenceMeta former = this.tracked.remove(random.nextInt(this.tracked.size()));
			if (kind == 2) {
				this.tracked.add(this.state.put(former.topic(), former.key(), json(random), former));
			}
			else {
				this.state.remove(former);
			}
		}

		private static byte[] json(Random random) {
			return ("{\"n\":" + random.nextInt(100) + "}").getBytes();
		}

		void flush() {
			for (PresenceMessage.Delta delta = this.state.takeDelta(); delta != null; delta = this.state.takeDelta()) {
				broadcast(delta);
			}
		}

		void tick() {
			broadcast(this.state.beat());
			this.state.tick();
			sendMessages();
		}

		void sendMessages() {
			this.state.takeMessages().forEach((sent) -> send(this, sent.receiver(), sent.message()));
		}

		private void broadcast(PresenceMessage message) {
			for (Process receiver : PresenceWorld.this.processes) {
				if (receiver != null && receiver != this) {
					send(this, receiver, message);
				}
			}
		}

		Set<PresenceMeta> listed() {
			Set<PresenceMeta> listed = new HashSet<>();
			for (String topic : TOPICS) {
				this.table.keys(topic).forEach((key, metas) -> listed.addAll(metas));
			}
			return listed;
		}

	}

}
