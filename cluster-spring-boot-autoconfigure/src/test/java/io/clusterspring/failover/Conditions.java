package io.clusterspring.failover;

import java.time.Duration;

/**
 * What a simulated world does to its nodes, and which rules they keep. The defaults are
 * what is promised; a test that goes beyond one of them, or takes a rule away, has to see
 * an application run twice.
 */
final class Conditions {

	/** How many times as fast as the slowest clock the fastest one is, less one. */
	double drift = 0.05;

	/** How far apart the clocks on the wall are, in milliseconds. */
	int wall = 1000;

	/** How late a timer may be, in milliseconds. */
	int lateness = 60;

	/** The part of the frames that is lost. */
	double loss;

	/** The part of the frames for which the receiver lets the sender wait. */
	double blocked = 0.02;

	/** How late a frame is at most, in milliseconds. */
	int longestDelay = 2000;

	/** How long a sender waits at most, in milliseconds. */
	int outboxTimeout = 500;

	/** How long it takes at most to find a node dead, in milliseconds. */
	int detection = 3000;

	/** How many times the stop-timeout a stop takes at most. */
	double stops = 1;

	/** How long a node may owe an answer, in milliseconds. */
	long grace = Peers.grace(Duration.ofMillis(this.detection)).toMillis();

	/** How often time goes by for a node, in milliseconds. */
	int tick = 200;

	/**
	 * How long a node may freeze between the decision to start something and the start.
	 */
	int frozenStarts;

	/** Whether the end of a term has a timer of its own, and need not wait for a tick. */
	boolean timer = true;

	/** Whether senders have threads of their own. */
	boolean senders = true;

	/** Whether it is looked again, before a start, if the term has ended. */
	boolean startsAreChecked = true;

	/** How many nodes have to agree while the network is whole. */
	Quorum quorum = Quorum.NONE;

	/** How many of a hundred starts hang. */
	int hangingStarts = 10;

	/** Whether some of these ignore that they are interrupted. */
	boolean deafStarts;

	/** Whether an application whose start hangs is kept from the others. */
	boolean hangingStartsAreHeld = true;

	/** Whether a machine that is frozen sleeps, so that its clock stands still. */
	boolean freezesAreSleep;

	/** Whether a node sees that its machine has slept. */
	boolean sleepsAreSeen = true;

	/** Whether two may not run it, frozen nodes apart. */
	boolean exclusive = true;

	/**
	 * Whether a node that was frozen may run it while another does, until it has stopped.
	 */
	boolean thawIsExcused = true;

}
