package io.clusterspring.pubsub;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.engine.StackSamples;

/**
 * Tests topics over real JGroups on the loopback interface.
 */
class JGroupsPubSubIntegrationTests extends PubSubContractTests {

	private static final PortRange PORTS = new PortRange(28310, 10);

	private static final List<NodeAddress> LISTED = Stream.of(PubSubNodes.N1, PubSubNodes.N2, PubSubNodes.N3)
		.map((node) -> new NodeAddress(node, null))
		.toList();

	private final String cluster = "pubsub-" + UUID.randomUUID();

	@Override
	protected ClusterTransport transport(Node node) {
		return StackSamples.transport(this.cluster, new NodeAddress(node, null), LISTED, PORTS, List.of());
	}

}
