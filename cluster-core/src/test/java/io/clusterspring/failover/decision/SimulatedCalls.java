package io.clusterspring.failover.decision;

import java.util.HashMap;
import java.util.Map;

import io.clusterspring.failover.Placement;
import io.clusterspring.failover.StartReason;

/**
 * The calls of the applications of a {@link SimulatedNode}, as {@code HostedApplication}
 * makes them. Starts may hang until they are interrupted, or longer.
 */
final class SimulatedCalls {

	private static final int LONGEST_HANG = 15_000;

	/** The applications that run here, from the start to the end of the stop, by name. */
	final Map<String, StartReason> running = new HashMap<>();

	private final Map<String, Start> starting = new HashMap<>();

	private final SimulatedCluster cluster;

	private final SimulatedNode node;

	SimulatedCalls(SimulatedCluster cluster, SimulatedNode node) {
		this.cluster = cluster;
		this.node = node;
	}

	void start(String name, StartReason reason) {
		this.cluster.log(this.node.node + " starts " + name + " " + reason);
		if (this.cluster.failsToStart(this.node.node)) {
			later(1, () -> this.node.act(() -> called(name, reason.token(), CallResult.FAILED)));
			return;
		}
		this.running.put(name, reason);
		this.cluster.started(this.node, name, reason);
		new Start(name, reason.token()).begin();
	}

	void stop(Effect.Stop stop) {
		this.cluster.log(this.node.node + " stops " + stop);
		Start start = this.starting.get(stop.application());
		int longest = (int) (timeout(stop.application()) * this.cluster.conditions.stops);
		if (start != null) {
			start.stop(longest);
		}
		else {
			// an application that was not started is not called
			int most = this.running.containsKey(stop.application()) ? longest : 10;
			int taken = (random(3) == 0) ? most : 10 + random(most - 9);
			this.cluster.time.later(taken, () -> this.node.act(() -> stopped(stop.application(), stop.token())));
		}
	}

	private void stopped(String name, long token) {
		this.cluster.log(this.node.node + " stopped " + name);
		end(name, token);
		called(name, token, CallResult.STOPPED);
	}

	private void end(String name, long token) {
		StartReason present = this.running.get(name);
		if (present != null && present.token() == token) {
			this.running.remove(name);
		}
	}

	private void called(String name, long token, CallResult result) {
		this.node.state.called(name, token, result, this.node.now());
	}

	private Placement placement(String name) {
		return this.node.state.application(name).rules().placement();
	}

	private long timeout(String name) {
		return this.node.millis(placement(name).stopTimeout().toNanos());
	}

	private int random(int bound) {
		return this.cluster.time.random(bound);
	}

	private void later(long millis, Runnable step) {
		this.cluster.time.later(millis, () -> this.node.whenAwake(step));
	}

	private final class Start {

		private final String name;

		private final long token;

		private final boolean hangs = random(100) < SimulatedCalls.this.cluster.conditions.hangingStarts;

		private final boolean deaf = this.hangs && SimulatedCalls.this.cluster.conditions.deafStarts && random(2) == 0;

		private boolean hanging;

		private long stopUntil = -1;

		Start(String name, long token) {
			this.name = name;
			this.token = token;
		}

		void begin() {
			SimulatedCalls.this.starting.put(this.name, this);
			later(this.hangs ? 1000 + random(LONGEST_HANG) : 1 + random(50), () -> comeBack(true));
			later(SimulatedCalls.this.node.millis(placement(this.name).startTimeout().toNanos()), this::expire);
		}

		void stop(int longest) {
			this.stopUntil = now() + longest;
			later(longest / 2, this::interrupt);
			later(longest, this::expire);
		}

		private boolean isOver() {
			return SimulatedCalls.this.starting.get(this.name) != this;
		}

		private void expire() {
			if (isOver() || this.hanging) {
				return;
			}
			log("hangs, deaf: " + this.deaf);
			this.hanging = true;
			act(() -> {
				if (SimulatedCalls.this.cluster.conditions.hangingStartsAreHeld) {
					called(this.name, this.token, CallResult.START_HANGS);
				}
				else {
					called(this.name, this.token, CallResult.FAILED);
				}
			});
			interrupt();
		}

		private void interrupt() {
			if (!this.deaf) {
				later(1 + random(50), () -> comeBack(false));
			}
		}

		private void comeBack(boolean normally) {
			if (isOver()) {
				return;
			}
			SimulatedCalls.this.starting.remove(this.name);
			log("comes back, normally: " + normally);
			if (this.hanging) {
				// an application that has started late is stopped
				later(normally ? 1 + random((int) timeout(this.name)) : 1, this::endLate);
			}
			else if (!normally) {
				end(this.name, this.token);
				act(() -> called(this.name, this.token, CallResult.FAILED));
			}
			else if (this.stopUntil < 0) {
				act(() -> called(this.name, this.token, CallResult.STARTED));
			}
			else {
				later(1 + random((int) Math.max(1, this.stopUntil - now())),
						() -> act(() -> stopped(this.name, this.token)));
			}
		}

		private void endLate() {
			end(this.name, this.token);
			act(() -> {
				called(this.name, this.token, CallResult.FAILED);
				called(this.name, this.token, CallResult.CAME_BACK);
			});
		}

		private void act(Runnable happening) {
			SimulatedCalls.this.node.act(happening);
		}

		private long now() {
			return SimulatedCalls.this.cluster.time.now();
		}

		private void log(String what) {
			SimulatedCalls.this.cluster
				.log("start of " + this.name + " on " + SimulatedCalls.this.node.node + " " + what);
		}

	}

}
