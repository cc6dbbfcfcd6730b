package io.clusterspring.jgroups.discovery;

import java.net.InetAddress;
import java.util.List;

import org.jgroups.stack.Protocol;
import org.jspecify.annotations.Nullable;

import io.clusterspring.jgroups.NodeLookup;

/**
 * Nodes are wherever a multicast from the host of this node reaches: it is asked for
 * rather than looked up, and those who hear it answer over TCP.
 */
final class MulticastLookup implements NodeLookup {

	private final InetAddress group;

	private final int port;

	private volatile @Nullable MulticastRequests requests;

	MulticastLookup(InetAddress group, int port) {
		this.group = group;
		this.port = port;
	}

	@Override
	public List<Protocol> protocols() {
		MulticastRequests created = new MulticastRequests(this.group, this.port);
		this.requests = created;
		return List.of(created);
	}

	@Override
	public Found lookUp(InetAddress own) {
		MulticastRequests current = this.requests;
		if (current != null) {
			current.send();
		}
		return new Found(List.of(), false);
	}

}
