package io.clusterspring.failover.decision;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

import io.clusterspring.Node;
import io.clusterspring.wire.FrameKind;

/**
 * The network between simulated nodes, with the properties of the transport: frames from
 * one node to another arrive in order and sometimes late. A frame is lost if its receiver
 * takes none or is on another side. The sender may have to wait.
 */
final class SimulatedLinks {

	private final SimulatedTime time;

	private final Conditions conditions;

	private final Map<Node, Integer> sides = new HashMap<>();

	private final Map<String, Long> arrivals = new HashMap<>();

	private final Map<String, Way> ways = new HashMap<>();

	SimulatedLinks(SimulatedTime time, Conditions conditions) {
		this.time = time;
		this.conditions = conditions;
	}

	void put(Map<Node, Integer> divided) {
		this.sides.putAll(divided);
	}

	int side(Node node) {
		return this.sides.getOrDefault(node, 0);
	}

	boolean together(Node one, Node other) {
		return side(one) == side(other);
	}

	/**
	 * Send a frame, as {@code ReportSender} does.
	 * @param from the sender
	 * @param to the receiver
	 * @param frame the frame
	 * @param delivery delivers the frame
	 */
	void send(SimulatedNode from, SimulatedNode to, FailoverFrame frame,
			BiConsumer<SimulatedNode, FailoverFrame> delivery) {
		this.ways.computeIfAbsent(name(from, to), (name) -> new Way(from, to, delivery)).add(frame);
	}

	private static String name(SimulatedNode from, SimulatedNode to) {
		return from.number + " " + to.number;
	}

	/** Run an event at a node, after all earlier events of this link. */
	void deliver(String way, SimulatedNode receiver, int delay, Runnable happening) {
		long at = Math.max(this.time.now() + delay, this.arrivals.getOrDefault(way, 0L));
		this.arrivals.put(way, at);
		this.time.at(at, () -> receiver.act(happening));
	}

	private int delay() {
		int luck = this.time.random(100);
		int longest = (luck == 0) ? 2000 : (luck < 6) ? 300 : 5;
		return 1 + this.time.random(Math.min(longest, this.conditions.longestDelay));
	}

	private final class Way {

		private final SimulatedNode from;

		private final SimulatedNode to;

		private final BiConsumer<SimulatedNode, FailoverFrame> delivery;

		private final PendingFrames pending = new PendingFrames();

		private boolean busy;

		Way(SimulatedNode from, SimulatedNode to, BiConsumer<SimulatedNode, FailoverFrame> delivery) {
			this.from = from;
			this.to = to;
			this.delivery = delivery;
		}

		void add(FailoverFrame frame) {
			this.pending.add(frame);
			if (!this.busy) {
				this.busy = true;
				next();
			}
		}

		private void next() {
			FailoverFrame frame = this.pending.next();
			this.busy = frame != null;
			if (frame != null) {
				Conditions given = SimulatedLinks.this.conditions;
				boolean waits = SimulatedLinks.this.time.random().nextDouble() < given.blocked;
				int wait = waits ? SimulatedLinks.this.time.random(given.outboxTimeout + 1) : 0;
				if (!given.senders) {
					this.from.block(wait);
				}
				SimulatedLinks.this.time.later(wait, () -> this.from.whenAwake(() -> {
					transmit(frame, waits);
					next();
				}));
			}
		}

		private void transmit(FailoverFrame frame, boolean late) {
			SimulatedTime time = SimulatedLinks.this.time;
			double luck = time.random().nextDouble() - (late ? 0.5 : 0);
			if (!this.to.dead && together(this.from.node, this.to.node)
					&& luck >= SimulatedLinks.this.conditions.loss) {
				FailoverFrame crossed = FailoverFrame.decode(FrameKind.body(frame.encode()));
				int copies = (time.random(100) == 0) ? 2 : 1;
				for (int i = 0; i < copies; i++) {
					deliver(name(this.from, this.to), this.to, delay(), () -> this.delivery.accept(this.to, crossed));
				}
			}
		}

	}

}
