package io.clusterspring.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.Listeners;

/**
 * Nodes in memory that can be asked for sections and actions.
 */
final class InspectedNodes implements AutoCloseable {

	private final LocalNetwork network = new LocalNetwork("inspection-" + UUID.randomUUID());

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final List<Inspection> nodes = new ArrayList<>();

	/**
	 * Start a node.
	 * @param prepare adds sections and actions before the node connects
	 */
	Inspection start(String name, Consumer<Inspection> prepare) {
		ClusterTransport transport = this.network.transport(Node.of(name + "@h"));
		ClusterWire wire = new ClusterWire(transport, this.executor, 1000);
		Inspection inspection = new Inspection(wire);
		prepare.accept(inspection);
		this.nodes.add(inspection);
		transport.connect(new Listeners(wire, inspection));
		return inspection;
	}

	LocalNetwork network() {
		return this.network;
	}

	@Override
	public void close() {
		this.nodes.forEach(Inspection::close);
		this.network.close();
		this.executor.shutdownNow();
	}

}
