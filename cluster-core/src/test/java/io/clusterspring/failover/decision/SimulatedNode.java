package io.clusterspring.failover.decision;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.clusterspring.Node;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.StartReason;
import io.clusterspring.failover.time.Moment;

/**
 * A node of a {@link SimulatedCluster}: its state, its clock and its applications. It may
 * freeze between any two steps, also between a decision and its actions.
 */
final class SimulatedNode {

	private static final double NANOS_PER_MILLI = 1e6;

	final Node node;

	final long number;

	final FailoverState state;

	final SimulatedCalls calls;

	final Freezes freezes = new Freezes();

	private final SimulatedCluster cluster;

	private final Conditions conditions;

	private final double speed;

	private final long offset;

	private long wall;

	private long slept;

	private final Deque<Runnable> missed = new ArrayDeque<>();

	private Map<Node, Long> holders = Map.of();

	private long blockedUntil;

	private long timed;

	boolean dead;

	SimulatedNode(SimulatedCluster cluster, Node node, long number, Map<String, Placement> placements) {
		this.cluster = cluster;
		this.conditions = cluster.conditions;
		this.node = node;
		this.number = number;
		double half = this.conditions.drift / 2;
		// mostly the extremes, which matter most
		double place = cluster.time.random(3) - 1;
		this.speed = 1 + half * ((place != 0) ? place : 2 * cluster.time.random().nextDouble() - 1);
		this.offset = cluster.time.random().nextLong();
		this.wall = cluster.time.random(2 * this.conditions.wall + 1) - this.conditions.wall;
		this.calls = new SimulatedCalls(cluster, this);
		this.state = new FailoverState(node, number, placements, Duration.ofMillis(this.conditions.grace), now());
	}

	Moment now() {
		long time = this.cluster.time.now();
		long slept = this.conditions.sleepsAreSeen ? (long) (this.slept * NANOS_PER_MILLI) : 0;
		return new Moment(this.offset + (long) ((time - this.slept) * NANOS_PER_MILLI * this.speed), slept,
				1_000_000_000L + time + this.wall);
	}

	/** Set the wall clock. */
	void setWall(long millis) {
		this.cluster.log(this.node + " has its clock set by " + millis);
		this.wall += millis;
	}

	/** Convert nanoseconds of this node's clock to true milliseconds, rounded up. */
	long millis(long nanos) {
		return (long) Math.ceil(nanos / NANOS_PER_MILLI / this.speed);
	}

	void host(Set<String> names) {
		act(() -> this.state.host(names));
	}

	void tick() {
		if (!this.dead) {
			act(() -> {
			});
			this.cluster.time.later(this.conditions.tick + this.cluster.time.random(20), this::tick);
		}
	}

	/** Run an event on the thread that decides. */
	void act(Runnable happening) {
		long wait = this.blockedUntil - this.cluster.time.now();
		if (wait > 0) {
			this.cluster.time.later(wait, () -> act(happening));
			return;
		}
		whenAwake(() -> {
			happening.run();
			this.state.settle(now()).forEach((effect) -> whenAwake(() -> perform(effect)));
			whenAwake(this::watchEnd);
		});
	}

	/** Block the thread that decides. */
	void block(int millis) {
		this.blockedUntil = Math.max(this.blockedUntil, this.cluster.time.now() + millis);
	}

	void whenAwake(Runnable step) {
		if (this.dead) {
			return;
		}
		long planned = this.freezes.plannedNow(this.cluster.time);
		if (planned > 0) {
			freeze(planned);
		}
		if (this.freezes.isFrozen()) {
			this.missed.add(step);
		}
		else {
			step.run();
		}
	}

	void freeze(long millis) {
		this.cluster.log(this.node + " freezes for " + millis);
		this.freezes.begin(this.cluster.time.now());
		this.cluster.frozen(this, millis);
		this.cluster.time.later(millis, this::thaw);
	}

	private void thaw() {
		if (this.dead) {
			return;
		}
		this.cluster.log(this.node + " goes on");
		long frozen = this.freezes.end(this.cluster.time.now());
		this.slept += this.conditions.freezesAreSleep ? frozen : 0;
		if (this.cluster.time.random(2) == 0) {
			// the events of the meantime do not always come first
			Deque<Runnable> waiting = new ArrayDeque<>(this.missed);
			this.missed.clear();
			act(() -> {
			});
			this.missed.addAll(waiting);
		}
		while (!this.missed.isEmpty() && !this.freezes.isFrozen()) {
			this.missed.poll().run();
		}
	}

	private void watchEnd() {
		long left = this.state.untilNextEnd(now());
		if (this.conditions.timer && left != Long.MAX_VALUE) {
			long at = this.cluster.time.now() + Math.max(1, millis(left));
			if (at != this.timed) {
				this.timed = at;
				this.cluster.time.at(at + this.cluster.time.random(this.conditions.lateness + 1), () -> act(() -> {
				}));
			}
		}
	}

	private void perform(Effect effect) {
		if (effect instanceof Effect.Send send) {
			this.cluster.send(this, send.receivers(), send.frame());
		}
		else if (effect instanceof Effect.Start start) {
			if (this.conditions.frozenStarts > 0 && this.cluster.time.random(10) == 0) {
				this.freezes.plan(1 + this.cluster.time.random(this.conditions.frozenStarts));
			}
			this.cluster.time.later(1 + this.cluster.time.random(5),
					() -> whenAwake(() -> start(start.application(), start.reason())));
		}
		else if (effect instanceof Effect.Stop stop) {
			this.calls.stop(stop);
		}
	}

	/**
	 * Install a view. As with the engine, a name that passes to another process is out of
	 * the view in between.
	 */
	void install(Map<Node, Long> view) {
		List<Node> kept = view.keySet().stream().filter((other) -> isHeldBy(other, view.get(other))).toList();
		this.holders = view;
		if (kept.size() < view.size()) {
			this.state.viewChanged(kept, now());
			this.state.settle(now()).forEach((effect) -> whenAwake(() -> perform(effect)));
		}
		this.state.viewChanged(List.copyOf(view.keySet()), now());
	}

	private boolean isHeldBy(Node other, long life) {
		return this.holders.getOrDefault(other, life) == life;
	}

	boolean reaches(SimulatedNode receiver) {
		return this.holders.getOrDefault(receiver.node, 0L) == receiver.number;
	}

	/**
	 * Receive a frame. As with the engine, a process with the name of a member is
	 * ignored.
	 */
	void heard(SimulatedNode from, FailoverFrame frame) {
		Node sender = from.node;
		if (!isHeldBy(sender, from.number)) {
			return;
		}
		this.state.receive(sender, frame, now());
	}

	private void start(String name, StartReason reason) {
		if (this.conditions.startsAreChecked && !mayStart(name, reason.token())) {
			this.cluster.log(this.node + " is too late to start " + name);
			act(() -> this.state.called(name, reason.token(), CallResult.STOPPED, now()));
			return;
		}
		this.calls.start(name, reason);
	}

	private boolean mayStart(String name, long token) {
		LocalClaim claim = this.state.application(name).claim();
		return claim != null && claim.token() == token && claim.isGood() && claim.isValid(now());
	}

	/**
	 * Return whether only a long freeze is the reason why an application still runs here.
	 * @param name the name of the application
	 * @return {@code true} if it could not stop in time
	 */
	boolean isExcused(String name) {
		LocalClaim claim = this.state.application(name).claim();
		if (claim == null || !this.conditions.thawIsExcused) {
			return false;
		}
		long now = this.cluster.time.now();
		Moment granted = claim.term().granted();
		long over = (granted != null) ? millis(now().mostSince(granted) - claim.term().nanos()) : -1;
		long stop = millis(this.state.application(name).rules().placement().stopTimeout().toNanos());
		return over >= 0 && this.freezes.excuse(now - over, now, stop);
	}

}
