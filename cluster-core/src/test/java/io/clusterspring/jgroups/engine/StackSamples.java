package io.clusterspring.jgroups.engine;

import java.net.InetAddress;
import java.util.List;

import org.jgroups.stack.Protocol;

import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.JGroupsChannelCustomizer;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.RefusedFrames;
import io.clusterspring.jgroups.discovery.Contacts;
import io.clusterspring.jgroups.discovery.NodeDiscovery;
import io.clusterspring.jgroups.discovery.NodeLookups;
import io.clusterspring.jgroups.guard.ConnectionSecurity;

/**
 * Nodes as tests of several packages need them.
 */
public final class StackSamples {

	private StackSamples() {
	}

	/**
	 * Return a transport with the default limits and no security.
	 * @param cluster the name of the cluster
	 * @param self this node, and the port it listens on if it is to be a certain one
	 * @param listed where other nodes are looked for; this one may be among them
	 * @param ports the ports of nodes that name none
	 * @param customizers change the channel before it connects
	 * @return the transport, not connected
	 */
	public static JGroupsTransport transport(String cluster, NodeAddress self, List<NodeAddress> listed,
			PortRange ports, List<JGroupsChannelCustomizer> customizers) {
		return new JGroupsTransport(cluster, self, listed, NodeLookups.listed(listed, List.of()), ports,
				ListenSettings.DEFAULT, customizers, new ConnectionSecurity(null, null), NodeLimits.DEFAULT);
	}

	public static List<Protocol> ofANode() {
		PortRange ports = new PortRange(7800, 1);
		NodeDiscovery discovery = new NodeDiscovery((own) -> new NodeLookup.Found(List.of(), true), ports, 1000,
				Contacts.of(Node.of("n1@127.0.0.1"), List.of(), ports));
		return NodeStack.protocols(new ListenAddress(InetAddress.getLoopbackAddress(), List.of(), 0), ports, discovery,
				NodeLimits.DEFAULT, new RefusedFrames(), new EngineFailures());
	}

}
