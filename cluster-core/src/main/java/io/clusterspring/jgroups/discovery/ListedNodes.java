package io.clusterspring.jgroups.discovery;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

import io.clusterspring.NodeAddress;
import io.clusterspring.Seed;
import io.clusterspring.jgroups.NodeLookup;

/**
 * Nodes are where the configuration says: at the addresses of the nodes to wait for, and
 * at those that are only looked at.
 */
final class ListedNodes implements NodeLookup {

	private final List<NodeAddress> expected;

	private final Found found;

	ListedNodes(List<NodeAddress> listed, List<Seed> seeds) {
		this.expected = (seeds.isEmpty()) ? List.copyOf(listed) : List.of();
		this.found = new Found(Stream.concat(listed.stream().map(Seed::of), seeds.stream()).distinct().toList(), true);
	}

	// beside which there are no others; none if there may be
	List<NodeAddress> expected() {
		return this.expected;
	}

	@Override
	public Found lookUp(InetAddress own) {
		return this.found;
	}

}
