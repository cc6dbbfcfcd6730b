package io.clusterspring.jgroups.engine;

import java.net.InetAddress;
import java.util.List;

import org.jgroups.stack.Protocol;

import io.clusterspring.Node;
import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.RefusedFrames;
import io.clusterspring.jgroups.discovery.Contacts;
import io.clusterspring.jgroups.discovery.NodeDiscovery;

/**
 * The protocols of nodes, for tests of other packages.
 */
public final class StackSamples {

	private StackSamples() {
	}

	public static List<Protocol> ofANode() {
		PortRange ports = new PortRange(7800, 1);
		NodeDiscovery discovery = new NodeDiscovery((own) -> new NodeLookup.Found(List.of(), true), ports, 1000,
				Contacts.of(Node.of("n1@127.0.0.1"), List.of(), ports));
		return NodeStack.protocols(new ListenAddress(InetAddress.getLoopbackAddress(), List.of(), 0), ports, discovery,
				NodeLimits.DEFAULT, new RefusedFrames(), new EngineFailures());
	}

}
