package io.clusterspring.failover;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.Node;

/**
 * The placement of an application, the same on all nodes: an entry of {@code distributed}
 * in the configuration of Erlang's {@code kernel}.
 *
 * @param nodes the nodes in the order of their priority; nodes of one inner list have the
 * same priority. Empty: any node, the oldest first
 * @param timeout how long to wait for an owner that has gone before the application
 * starts elsewhere
 * @param quorum how many of the nodes must agree
 * @param lease how long a vote is valid, if there is a quorum
 * @param startTimeout how long the application may take to start
 * @param stopTimeout how long the application may take to stop
 */
public record Placement(List<List<Node>> nodes, Duration timeout, Quorum quorum, Duration lease, Duration startTimeout,
		Duration stopTimeout) {

	/** The default of {@link #lease()}. */
	public static final Duration DEFAULT_LEASE = Duration.ofSeconds(10);

	/** The default of {@link #startTimeout()}. */
	public static final Duration DEFAULT_START_TIMEOUT = Duration.ofMinutes(1);

	/** The default of {@link #stopTimeout()}. */
	public static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(5);

	/** Clocks of nodes may differ in speed by one part in this number. */
	private static final int DRIFT = 20;

	/** One part in this number of a lease is reserved for a stop that begins late. */
	private static final int RESERVE = 20;

	private static final Duration SHORTEST_RESERVE = Duration.ofMillis(200);

	private static final Duration SHORTEST_TERM = Duration.ofMillis(500);

	/** The number of rounds in a term; all but one may be lost. */
	private static final int ROUNDS = 6;

	private static final Duration YEAR = Duration.ofDays(365);

	/** Any node, the oldest first, at once and without a quorum. */
	public static final Placement ANYWHERE = new Placement(List.of(), Duration.ZERO, Quorum.NONE, DEFAULT_LEASE,
			DEFAULT_START_TIMEOUT, DEFAULT_STOP_TIMEOUT);

	public Placement {
		nodes = nodes.stream().map((group) -> group.stream().sorted().toList()).toList();
		List<Node> listed = nodes.stream().flatMap(List::stream).toList();
		Assert.isTrue(listed.stream().distinct().count() == listed.size(), "nodes: a node is listed twice");
		Assert.isTrue(nodes.stream().noneMatch(List::isEmpty), "nodes: a list is empty");
		Assert.isTrue(!timeout.isNegative(), "timeout: must not be negative");
		Assert.isTrue(timeout.compareTo(YEAR) <= 0, "timeout: must be at most a year");
		checkCall("start-timeout", startTimeout);
		checkCall("stop-timeout", stopTimeout);
		Assert.isTrue(lease.compareTo(Duration.ofSeconds(1)) >= 0 && lease.compareTo(YEAR) <= 0,
				"lease: must be from a second to a year");
		check(quorum, listed.size());
		Assert.isTrue(quorum.kind() == Quorum.Kind.NONE || stopTimeout.compareTo(longestStop(lease)) <= 0,
				() -> misfit(lease, stopTimeout) + ", so that there is time to renew the lease");
	}

	private static void checkCall(String property, Duration timeout) {
		Assert.isTrue(timeout.compareTo(Duration.ofMillis(1)) >= 0,
				() -> property + ": must be at least a millisecond");
		Assert.isTrue(timeout.compareTo(YEAR) <= 0, () -> property + ": must be at most a year");
	}

	private static Duration term(Duration lease, Duration stopTimeout) {
		return lease.minus(stopTimeout).minus(reserve(lease));
	}

	private static Duration reserve(Duration lease) {
		Duration part = lease.dividedBy(RESERVE);
		return (part.compareTo(SHORTEST_RESERVE) > 0) ? part : SHORTEST_RESERVE;
	}

	// the property that was set comes first
	private static String misfit(Duration lease, Duration stopTimeout) {
		String longer = "must be at least " + shortestLease(stopTimeout) + " ms with a stop-timeout of "
				+ text(stopTimeout, DEFAULT_STOP_TIMEOUT);
		String shorter = "must be at most " + longestStop(lease).toMillis() + " ms with a lease of "
				+ text(lease, DEFAULT_LEASE);
		return lease.equals(DEFAULT_LEASE) ? "stop-timeout: " + shorter + ", or the lease " + longer
				: "lease: " + longer + ", or the stop-timeout " + shorter;
	}

	private static String text(Duration time, Duration byDefault) {
		return time.toMillis() + " ms" + (time.equals(byDefault) ? " (the default)" : "");
	}

	private static Duration longestStop(Duration lease) {
		Duration part = lease.multipliedBy(3).dividedBy(4);
		Duration rest = lease.minus(SHORTEST_TERM).minus(reserve(lease));
		return (part.compareTo(rest) < 0) ? part : rest;
	}

	// rounded up; a twentieth of the whole is a nineteenth of the rest
	private static long shortestLease(Duration stopTimeout) {
		Duration used = stopTimeout.plus(SHORTEST_TERM);
		long fits = Math.max(used.plus(SHORTEST_RESERVE).toMillis(),
				used.plus(used.dividedBy(RESERVE - 1)).toMillis() + 1);
		return Math.max(fits, stopTimeout.multipliedBy(4).dividedBy(3).plusNanos(999_999).toMillis());
	}

	private static void check(Quorum quorum, int listed) {
		Assert.isTrue(quorum.kind() != Quorum.Kind.MAJORITY || listed > 0, "quorum: a majority needs a list of nodes");
		if (quorum.kind() == Quorum.Kind.NUMBER && listed > 0) {
			Assert.isTrue(quorum.number() > listed / 2 && quorum.number() <= listed,
					() -> "quorum: must be more than half of the " + listed + " nodes, otherwise two parts of a "
							+ "divided network could reach it");
		}
	}

	boolean isLeased() {
		return this.quorum.kind() != Quorum.Kind.NONE;
	}

	List<Node> listed() {
		return this.nodes.stream().flatMap(List::stream).toList();
	}

	boolean names(Node node) {
		return this.nodes.isEmpty() || this.nodes.stream().anyMatch((group) -> group.contains(node));
	}

	int required() {
		return this.quorum.required(listed().size());
	}

	/**
	 * Return how long an application may run after a vote: the lease without the time to
	 * stop and without the reserve for a stop that begins late.
	 * @return the time since the owner sent the round, by the clock of the owner
	 */
	Duration term() {
		return term(this.lease, this.stopTimeout);
	}

	/**
	 * Return how late the stop may begin.
	 * @return the reserve
	 */
	Duration reserve() {
		return reserve(this.lease);
	}

	/**
	 * Return the time between two requests for votes.
	 * @return the duration of a round
	 */
	Duration round() {
		return term().dividedBy(ROUNDS);
	}

	/**
	 * Return how long a report may wait for a node that takes no messages and still
	 * arrive in time.
	 * @return the time, {@code null} without a quorum
	 */
	public @Nullable Duration longestWait() {
		return isLeased() ? term().minus(round()) : null;
	}

	/**
	 * Return how long a voter keeps its vote: longer than the owner relies on it.
	 * @return the time in nanoseconds
	 */
	long hold() {
		return this.lease.toNanos() + this.lease.toNanos() / DRIFT;
	}

	/**
	 * Return the placement in the form that nodes compare.
	 */
	@Override
	public String toString() {
		return this.nodes + ", timeout " + this.timeout.toMillis() + " ms, quorum " + this.quorum
				+ (isLeased() ? ", lease " + this.lease.toMillis() + " ms" : "");
	}

}
