package io.clusterspring.jgroups.engine;

import java.io.InputStream;
import java.util.List;

import org.jgroups.JChannel;
import org.jgroups.stack.Protocol;
import org.springframework.core.io.Resource;

import io.clusterspring.NodeAddress;
import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.JGroupsConfigException;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.RefusedFrames;
import io.clusterspring.jgroups.discovery.Contacts;
import io.clusterspring.jgroups.discovery.NodeDiscovery;
import io.clusterspring.jgroups.frame.GuardedXml;

/**
 * Makes the channel for a connection, with its protocols.
 */
@FunctionalInterface
interface ChannelSource {

	JChannel newChannel(RefusedFrames refused, EngineFailures failures, Contacts contacts) throws Exception;

	// with the protocols of NodeStack
	static ChannelSource of(NodeAddress self, NodeLookup lookup, PortRange ports, ListenSettings listen,
			NodeLimits limits) {
		return (refused, failures, contacts) -> {
			ListenAddress address = new OwnAddress(listen, self.node()).await();
			NodeDiscovery discovery = new NodeDiscovery(lookup, ports, NodeStack.silenceOfDuplicate(limits), contacts);
			List<Protocol> stack = NodeStack.protocols(address, listen.ports(self, ports), discovery, limits, refused,
					failures);
			stack.addAll(stack.indexOf(discovery), lookup.protocols());
			EngineLog.install(failures, stack);
			return new JChannel(stack);
		};
	}

	// with the protocols of an XML
	static ChannelSource of(Resource config) {
		return (refused, failures, contacts) -> {
			try (InputStream xml = config.getInputStream()) {
				return new JChannel(GuardedXml.read(xml));
			}
			catch (Exception ex) {
				throw new JGroupsConfigException(config, ex);
			}
		};
	}

}
