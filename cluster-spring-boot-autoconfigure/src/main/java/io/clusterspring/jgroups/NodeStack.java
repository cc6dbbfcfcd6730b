package io.clusterspring.jgroups;

import java.net.InetAddress;
import java.util.List;

import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;

/**
 * The protocols of a node, from the bottom up. NAKACK2 and STABLE are there for GMS; the
 * frames themselves are unicasts.
 */
final class NodeStack {

	private static final int CONNECT_MILLIS = 1000;

	private static final long ONE_HOUR = 3_600_000;

	private NodeStack() {
	}

	static List<Protocol> protocols(InetAddress host, PortRange ports, NodeDiscovery discovery) {
		return List.of(tcp(host, ports), discovery, new MERGE3().setMinInterval(300).setMaxInterval(1000),
				new FD_ALL3().setTimeout(5000).setInterval(1000), new VERIFY_SUSPECT2().setTimeout(1000),
				new NAKACK2().useMcastXmit(false), new UNICAST3(), new STABLE(), gms(), new UFC(), new FRAG4());
	}

	private static Protocol tcp(InetAddress host, PortRange ports) {
		TCP tcp = new NodeTcp();
		tcp.setBindAddress(host);
		tcp.setBindPort(ports.first());
		tcp.setPortRange(ports.count() - 1);
		tcp.setSockConnTimeout(CONNECT_MILLIS);
		tcp.setSuppressTimeDifferentClusterWarnings(ONE_HOUR);
		tcp.setValue("thread_naming_pattern", "c");
		return tcp;
	}

	private static Protocol gms() {
		GMS gms = new GMS().printLocalAddress(false).printPhysicalAddress(false);
		// waits for the answer to a join; how long to look for members is NodeDiscovery's
		gms.setJoinTimeout(2000);
		// JGroups never forgets a node it once heard of: without a limit it would wait
		// for one that died while it was starting
		gms.setMaxJoinAttempts(10);
		gms.setValue("all_clients_retry_timeout", 20);
		return gms;
	}

}
