package io.clusterspring.jgroups.engine;

import java.util.List;

import org.jgroups.Address;
import org.jgroups.stack.AddressGenerator;

import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.jgroups.MemberAddress;

/**
 * Gives a node an address that says which it is, and where in the list of nodes it is: of
 * those that start together, the first one founds the cluster.
 *
 * <p>
 * This is an extension point of JGroups, its generator of addresses, and replaces
 * nothing.
 */
final class RankedAddresses implements AddressGenerator {

	private final Node self;

	private final List<Node> order;

	RankedAddresses(Node self, List<NodeAddress> listed) {
		this.self = self;
		this.order = listed.stream().map(NodeAddress::node).toList();
	}

	@Override
	@Deprecated
	public Address generateAddress() {
		return generateAddress(this.self.toString());
	}

	@Override
	public Address generateAddress(String name) {
		int rank = this.order.indexOf(this.self);
		return MemberAddress.newAddress(this.self, (rank >= 0) ? rank : this.order.size());
	}

}
