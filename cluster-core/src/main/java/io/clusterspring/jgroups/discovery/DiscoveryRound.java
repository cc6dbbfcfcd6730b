package io.clusterspring.jgroups.discovery;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.Seed;
import io.clusterspring.jgroups.HostAndPort;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.PortRange;

/**
 * Facts that a node has learned while it looks for the others: whether it may stop
 * looking, and whether it is the one to found the cluster. Not thread-safe.
 *
 * <p>
 * A target is settled when each of its ports has either refused the connection, so that
 * nobody listens there, or has answered. Looking is over when all targets are known and
 * settled; or when all expected nodes have answered and the target that lists this node
 * itself is settled, since another process of this name may be there.
 */
final class DiscoveryRound {

	private final Address own;

	private final Set<Node> others = new HashSet<>();

	private final boolean expecting;

	private Set<Target> targets = Set.of();

	private boolean complete;

	private final Set<Target> ownTargets = new HashSet<>();

	private final Set<Address> heard = new HashSet<>();

	private final Set<PhysicalAddress> answered = new HashSet<>();

	private final Map<Target, Set<PhysicalAddress>> unanswered = new HashMap<>();

	DiscoveryRound(Address own, List<NodeAddress> expected, PortRange ports) {
		this.own = own;
		this.expecting = !expected.isEmpty();
		Node self = MemberAddress.nodeOf(own);
		for (NodeAddress address : expected) {
			if (address.node().equals(self)) {
				this.ownTargets.add(Target.of(Seed.of(address), ports));
			}
			else {
				this.others.add(address.node());
			}
		}
	}

	void located(Collection<Target> found, boolean all) {
		this.targets = Set.copyOf(found);
		this.complete = all;
	}

	void asked(Target target, Collection<PhysicalAddress> connected) {
		Set<PhysicalAddress> open = new HashSet<>(connected);
		open.removeAll(this.answered);
		this.unanswered.put(target, open);
	}

	void heard(Address address, @Nullable PhysicalAddress physical) {
		this.heard.add(address);
		Node node = MemberAddress.nodeOf(address);
		if (node != null) {
			this.others.remove(node);
		}
		if (physical != null) {
			this.answered.add(physical);
			this.unanswered.values().forEach((open) -> open.remove(physical));
		}
	}

	boolean isOver() {
		return (this.complete && areSettled(this.targets))
				|| (this.expecting && this.others.isEmpty() && areSettled(this.ownTargets));
	}

	boolean isAnswerAwaited() {
		return this.unanswered.values().stream().anyMatch((open) -> !open.isEmpty());
	}

	boolean isFirst() {
		return this.heard.stream().allMatch((other) -> this.own.compareTo(other) <= 0);
	}

	private boolean areSettled(Set<Target> some) {
		return some.stream().allMatch((target) -> {
			Set<PhysicalAddress> open = this.unanswered.get(target);
			return open != null && open.isEmpty();
		});
	}

	/** Where nodes are looked for. */
	record Target(String host, PortRange ports) {

		static Target of(Seed place, PortRange ports) {
			return new Target(place.host(), ports.of(place.port()));
		}

		@Override
		public String toString() {
			String first = HostAndPort.of(this.host, this.ports.first());
			return (this.ports.count() > 1) ? first + "-" + this.ports.last() : first;
		}

	}

}
