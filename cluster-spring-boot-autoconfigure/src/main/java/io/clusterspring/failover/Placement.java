package io.clusterspring.failover;

import java.time.Duration;
import java.util.List;

import org.springframework.util.Assert;

import io.clusterspring.Node;

/**
 * Where an application may run, the same on all nodes; as an entry of {@code distributed}
 * in the configuration of Erlang's {@code kernel}.
 *
 * @param nodes the nodes in the order of their priority; those of one inner list have no
 * order among themselves. Empty: any node, the oldest first
 * @param timeout how long to wait for a node that is gone to come back, before the
 * application starts elsewhere
 * @param quorum how many of the nodes have to agree
 * @param lease for how long they agree, if there is a quorum
 * @param stopTimeout how long the application may take to stop
 */
public record Placement(List<List<Node>> nodes, Duration timeout, Quorum quorum, Duration lease, Duration stopTimeout) {

	/** The default of {@link #lease()}. */
	public static final Duration DEFAULT_LEASE = Duration.ofSeconds(10);

	/** The default of {@link #stopTimeout()}. */
	public static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(5);

	/** Any node, the oldest first, at once and without a quorum. */
	public static final Placement ANYWHERE = new Placement(List.of(), Duration.ZERO, Quorum.NONE, DEFAULT_LEASE,
			DEFAULT_STOP_TIMEOUT);

	/** Clocks of nodes may differ in speed by this part at most. */
	private static final int DRIFT = 20;

	public Placement {
		nodes = nodes.stream().map((group) -> group.stream().sorted().toList()).toList();
		List<Node> listed = nodes.stream().flatMap(List::stream).toList();
		Assert.isTrue(listed.stream().distinct().count() == listed.size(), "nodes: a node is listed twice");
		Assert.isTrue(nodes.stream().noneMatch(List::isEmpty), "nodes: a list is empty");
		Assert.isTrue(!timeout.isNegative(), "timeout: cannot be negative");
		Assert.isTrue(stopTimeout.toMillis() > 0, "stop-timeout: has to be a millisecond at least");
		check(quorum, listed.size());
		Assert.isTrue(
				quorum.kind() == Quorum.Kind.NONE || stopTimeout.multipliedBy(4).compareTo(lease.multipliedBy(3)) <= 0,
				"stop-timeout: has to be three quarters of the lease at most, so that there is time to renew it");
	}

	private static void check(Quorum quorum, int listed) {
		Assert.isTrue(quorum.kind() != Quorum.Kind.MAJORITY || listed > 0,
				"quorum: a majority needs a list of nodes to be one of");
		if (quorum.kind() == Quorum.Kind.NUMBER && listed > 0) {
			Assert.isTrue(quorum.number() > listed / 2 && quorum.number() <= listed,
					() -> "quorum: has to be more than half of the " + listed + " nodes, or two parts could reach it");
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
	 * Return how long a vote is kept: longer than the one who got it relies on it.
	 * @return the time in nanoseconds
	 */
	long hold() {
		return this.lease.toNanos() + this.lease.toNanos() / DRIFT;
	}

	/**
	 * Return the placement as the nodes compare it.
	 */
	@Override
	public String toString() {
		return this.nodes + ", timeout " + this.timeout.toMillis() + " ms, quorum " + this.quorum
				+ (isLeased() ? ", lease " + this.lease.toMillis() + " ms" : "");
	}

}
