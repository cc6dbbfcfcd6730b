package io.clusterspring.failover.decision;

import java.time.Duration;

import io.clusterspring.failover.Quorum;

/**
 * The conditions of a simulation: what happens to its nodes, and which rules the nodes
 * keep. The defaults are the conditions that the documentation promises. A test that
 * exceeds one of them, or removes a rule, must see an application run twice.
 */
final class Conditions {

	/** The speed of the fastest clock relative to the slowest one, minus one. */
	double drift = 0.05;

	/** The largest difference between wall clocks, in milliseconds. */
	int wall = 1000;

	/** The largest delay of a timer, in milliseconds. */
	int lateness = 60;

	/** The part of the frames that is lost. */
	double loss;

	/** The part of the frames for which the sender must wait. */
	double blocked = 0.02;

	/** The largest delay of a frame, in milliseconds. */
	int longestDelay = 2000;

	/** The longest wait of a sender, in milliseconds. */
	int outboxTimeout = 500;

	/** The longest time of failure detection, in milliseconds. */
	int detection = 3000;

	/** The longest stop, in multiples of the stop timeout. */
	double stops = 1;

	/** The time to wait for an answer of a node, in milliseconds. */
	long grace = FailoverState.grace(Duration.ofMillis(this.detection)).toMillis();

	/** The time between two ticks of a node, in milliseconds. */
	int tick = 200;

	/**
	 * The longest freeze of a node between the decision to start an application and the
	 * start.
	 */
	int frozenStarts;

	/** Whether the end of a term has a timer of its own, and does not wait for a tick. */
	boolean timer = true;

	/** Whether senders have threads of their own. */
	boolean senders = true;

	/** Whether the term is checked again immediately before a start. */
	boolean startsAreChecked = true;

	/** The number of nodes that must agree while the network is whole. */
	Quorum quorum = Quorum.NONE;

	/** The percentage of starts that hang. */
	int hangingStarts = 10;

	/** Whether some of these ignore their interrupt. */
	boolean deafStarts;

	/** Whether no other node may start an application whose start hangs. */
	boolean hangingStartsAreHeld = true;

	/** Whether a frozen machine sleeps, so that its clock stands still. */
	boolean freezesAreSleep;

	/** Whether a node notices that its machine has slept. */
	boolean sleepsAreSeen = true;

	/** Whether two nodes must not run it at once, except frozen nodes. */
	boolean exclusive = true;

	/**
	 * Whether a node that was frozen may still run it beside another one, until it has
	 * stopped.
	 */
	boolean thawIsExcused = true;

	/**
	 * End all that may stop an owner at any time, so that what must hold in the end can
	 * be checked at any moment.
	 */
	void calm() {
		this.loss = 0;
		this.blocked = 0;
		this.longestDelay = 50;
		this.hangingStarts = 0;
		this.frozenStarts = 0;
	}

}
