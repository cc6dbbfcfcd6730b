package io.clusterspring.jgroups.discovery;

import java.util.Collection;
import java.util.Comparator;
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
 *
 * <p>
 * A node that asks has only said that it exists. A node that answers also knows this one
 * from now on, and does not found a cluster without it in mind. So a question settles
 * nothing.
 */
final class DiscoveryRound {

	private final Address own;

	private final Set<Node> others = new HashSet<>();

	private final boolean expecting;

	private Set<Target> targets = Set.of();

	private boolean located;

	private boolean complete;

	private final Set<Target> ownTargets = new HashSet<>();

	private final Set<Address> heard = new HashSet<>();

	private final Set<PhysicalAddress> answered = new HashSet<>();

	private final Map<Target, Inquiry> inquiries = new HashMap<>();

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
		this.located = true;
		this.complete = all;
	}

	void asking(Target target, PhysicalAddress place) {
		inquiry(target).begins(place);
	}

	void asked(Target target, PhysicalAddress place, boolean taken) {
		inquiry(target).ends(place, taken);
	}

	// certain says that nobody listens elsewhere at the target
	void asked(Target target, Collection<PhysicalAddress> taken, boolean certain) {
		inquiry(target).ends(taken, certain);
	}

	private Inquiry inquiry(Target target) {
		return this.inquiries.computeIfAbsent(target, (asked) -> new Inquiry());
	}

	void askedBy(Address address) {
		this.heard.add(address);
	}

	void answeredBy(Address address, @Nullable PhysicalAddress physical) {
		this.heard.add(address);
		Node node = MemberAddress.nodeOf(address);
		if (node != null) {
			this.others.remove(node);
		}
		if (physical != null) {
			this.answered.add(physical);
		}
	}

	boolean isOver() {
		return (this.complete && areSettled(this.targets))
				|| (this.expecting && this.others.isEmpty() && areSettled(this.ownTargets));
	}

	// it is not known yet who listens, or somebody does and has said nothing
	boolean isAnswerAwaited() {
		return !this.located
				|| this.targets.stream().anyMatch((target) -> inquiry(target).isAnswerAwaited(this.answered));
	}

	// how many other nodes have been heard of
	int nodes() {
		return this.heard.size();
	}

	boolean hasAnswered(PhysicalAddress place) {
		return this.answered.contains(place);
	}

	boolean isFirst() {
		Address other = firstOther();
		return other == null || this.own.compareTo(other) <= 0;
	}

	// null if no other node has been heard of
	@Nullable Address firstOther() {
		return this.heard.stream().min(Comparator.naturalOrder()).orElse(null);
	}

	private boolean areSettled(Set<Target> some) {
		return some.stream().allMatch((target) -> inquiry(target).isSettled(this.answered));
	}

	/** How far the questions at the ports of one target have come. */
	private static final class Inquiry {

		// whether somebody listens is not known yet
		private final Set<PhysicalAddress> underway = new HashSet<>();

		// is tried again and again, and not waited for
		private final Set<PhysicalAddress> failed = new HashSet<>();

		private final Set<PhysicalAddress> taken = new HashSet<>();

		private boolean tried;

		private boolean certain;

		void begins(PhysicalAddress place) {
			if (!this.failed.contains(place)) {
				this.underway.add(place);
			}
		}

		void ends(PhysicalAddress place, boolean taken) {
			this.underway.remove(place);
			(taken ? this.failed : this.taken).remove(place);
			(taken ? this.taken : this.failed).add(place);
		}

		// a node that is to be found elsewhere is asked there the next time
		void ends(Collection<PhysicalAddress> taken, boolean certain) {
			this.taken.clear();
			this.taken.addAll(taken);
			this.tried = true;
			this.certain = certain;
		}

		boolean isSettled(Set<PhysicalAddress> answered) {
			return this.certain && answered.containsAll(this.taken);
		}

		boolean isAnswerAwaited(Set<PhysicalAddress> answered) {
			return !this.tried || !this.underway.isEmpty() || !answered.containsAll(this.taken);
		}

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
