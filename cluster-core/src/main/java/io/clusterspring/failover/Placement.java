package io.clusterspring.failover;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.Node;
import io.clusterspring.failover.time.LeaseTimes;

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
		LeaseTimes times = new LeaseTimes(lease, stopTimeout);
		Assert.isTrue(quorum.kind() == Quorum.Kind.NONE || stopTimeout.compareTo(times.longestStop()) <= 0,
				() -> misfit(times) + ", so that there is time to renew the lease");
	}

	private static void checkCall(String property, Duration timeout) {
		Assert.isTrue(timeout.compareTo(Duration.ofMillis(1)) >= 0,
				() -> property + ": must be at least a millisecond");
		Assert.isTrue(timeout.compareTo(YEAR) <= 0, () -> property + ": must be at most a year");
	}

	// the property that was set comes first
	private static String misfit(LeaseTimes times) {
		String longer = "must be at least " + times.shortestLease().toMillis() + " ms with a stop-timeout of "
				+ text(times.stopTimeout(), DEFAULT_STOP_TIMEOUT);
		String shorter = "must be at most " + times.longestStop().toMillis() + " ms with a lease of "
				+ text(times.lease(), DEFAULT_LEASE);
		return times.lease().equals(DEFAULT_LEASE) ? "stop-timeout: " + shorter + ", or the lease " + longer
				: "lease: " + longer + ", or the stop-timeout " + shorter;
	}

	private static String text(Duration time, Duration byDefault) {
		return time.toMillis() + " ms" + (time.equals(byDefault) ? " (the default)" : "");
	}

	private static void check(Quorum quorum, int listed) {
		Assert.isTrue(quorum.kind() != Quorum.Kind.MAJORITY || listed > 0, "quorum: a majority needs a list of nodes");
		if (quorum.kind() == Quorum.Kind.NUMBER && listed > 0) {
			Assert.isTrue(quorum.number() > listed / 2 && quorum.number() <= listed,
					() -> "quorum: must be more than half of the " + listed + " nodes, otherwise two parts of a "
							+ "divided network could reach it");
		}
	}

	/**
	 * Return how long a report may wait for a node that takes no messages and still
	 * arrive in time.
	 * @return the time, {@code null} without a quorum
	 */
	public @Nullable Duration longestWait() {
		LeaseTimes times = new LeaseTimes(this.lease, this.stopTimeout);
		return isLeased() ? times.term().minus(times.round()) : null;
	}

	private boolean isLeased() {
		return this.quorum.kind() != Quorum.Kind.NONE;
	}

	/** Return the placement in the form that nodes compare. */
	@Override
	public String toString() {
		return this.nodes + ", timeout " + this.timeout.toMillis() + " ms, quorum " + this.quorum
				+ (isLeased() ? ", lease " + this.lease.toMillis() + " ms" : "");
	}

}
