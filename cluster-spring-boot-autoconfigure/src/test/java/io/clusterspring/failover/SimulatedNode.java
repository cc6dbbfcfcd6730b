package io.clusterspring.failover;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.clusterspring.Node;

/**
 * A node of a {@link SimulatedCluster}: its state, its clock and its applications.
 */
final class SimulatedNode {

	private static final long MILLI = 1_000_000;

	final Node node;

	final FailoverState state;

	final double speed;

	/** What runs here, from the start to the end of the stop, by name. */
	final Map<String, StartReason> running = new HashMap<>();

	/** Of these another owner may have been made while this node was frozen. */
	final List<String> late = new ArrayList<>();

	private final SimulatedCluster cluster;

	private final List<Runnable> missed = new ArrayList<>();

	boolean dead;

	boolean frozen;

	SimulatedNode(SimulatedCluster cluster, Node node, long incarnation, double speed,
			Map<String, Placement> placements) {
		this.cluster = cluster;
		this.node = node;
		this.speed = speed;
		this.state = new FailoverState(node, incarnation, placements, now());
	}

	Moment now() {
		long nanos = (long) (this.cluster.time() * MILLI * this.speed);
		return new Moment(nanos, 1_000_000 + this.cluster.time());
	}

	void host(Set<String> names) {
		act(() -> this.state.host(names, now()));
	}

	void act(Runnable happening) {
		if (this.dead) {
			return;
		}
		if (this.frozen) {
			this.missed.add(happening);
			return;
		}
		happening.run();
		this.state.settle(now()).forEach(this::perform);
	}

	void thaw() {
		this.frozen = false;
		this.late.addAll(this.running.keySet());
		this.cluster.later(5000, this.late::clear);
		act(() -> {
		});
		List<Runnable> happenings = List.copyOf(this.missed);
		this.missed.clear();
		happenings.forEach(this::act);
	}

	private void perform(Effect effect) {
		if (effect instanceof Effect.Send send) {
			this.cluster.send(this, send.receiver(), (to) -> to.state.heard(this.node,
					((FailoverFrame.State) crossed(new FailoverFrame.State(send.report()))).report(), to.now()));
		}
		else if (effect instanceof Effect.Ask ask) {
			long life = this.state.incarnation();
			this.cluster.send(this, ask.receiver(), (to) -> to.state.asked(this.node, life, ask.question(), to.now()));
		}
		else if (effect instanceof Effect.Start start) {
			start(start.application(), start.reason());
		}
		else if (effect instanceof Effect.Stop stop) {
			this.cluster.later(1 + this.cluster.random(this.cluster.longestStop()), () -> act(() -> {
				this.cluster.log(this.node + " stopped " + stop);
				this.running.remove(stop.application());
				this.late.remove(stop.application());
				this.state.application(stop.application()).stopped(stop.token());
			}));
		}
	}

	private static FailoverFrame crossed(FailoverFrame frame) {
		return FailoverFrame.decode(ByteBuffer.wrap(frame.encode()));
	}

	private void start(String name, StartReason reason) {
		this.cluster.log(this.node + " starts " + name + " " + reason);
		if (this.cluster.failsToStart(this.node)) {
			this.cluster.later(1, () -> act(() -> this.state.application(name).failed(reason.token(), now())));
			return;
		}
		this.running.put(name, reason);
		this.cluster.started(this, name, reason);
		this.cluster.later(1 + this.cluster.random(50),
				() -> act(() -> this.state.application(name).started(reason.token(), now())));
	}

}
