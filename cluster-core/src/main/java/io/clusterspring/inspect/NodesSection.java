package io.clusterspring.inspect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;

/**
 * The section {@code nodes}: one item for each node, which it makes itself.
 */
public final class NodesSection implements Section {

	private final ManagedCluster cluster;

	private final ClusterTransport transport;

	private final Inspection inspection;

	private final String version;

	private final RoundTripTimes roundTrips;

	private final long started = System.nanoTime();

	/**
	 * Create the section.
	 * @param inspection knows what the features of the node tell
	 */
	public NodesSection(ManagedCluster cluster, ClusterTransport transport, Inspection inspection) {
		this.cluster = cluster;
		this.transport = transport;
		this.inspection = inspection;
		this.version = Objects.requireNonNullElse(NodesSection.class.getPackage().getImplementationVersion(),
				"unknown");
		this.roundTrips = new RoundTripTimes(transport::roundTrip);
	}

	@Override
	public String name() {
		return "nodes";
	}

	@Override
	public CompletionStage<Page> answer(Question question) {
		ClusterView view = this.cluster.view();
		List<Node> others = view.nodes().stream().filter((node) -> !node.equals(this.cluster.self())).toList();
		return this.roundTrips.micros(others)
			.thenApply((micros) -> Page.ofNode(question, this.cluster.self(), describe(view, micros)));
	}

	private Map<String, @Nullable Object> describe(ClusterView view, Map<String, @Nullable Object> micros) {
		Node self = this.cluster.self();
		Runtime runtime = Runtime.getRuntime();
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("name", self.toString());
		fields.put("address", this.transport.details().addresses().get(self));
		fields.put("self", false);
		fields.put("coordinator", view.coordinator().equals(self));
		fields.put("view", view.id());
		fields.put("sees", view.nodes().stream().map(Node::toString).toList());
		fields.put("since", Moments.show(this.started));
		fields.put("version", this.version);
		fields.put("draining", false);
		fields.putAll(this.inspection.facts());
		fields.put("evicted", this.cluster.isEvicted());
		fields.put("heapUsed", runtime.totalMemory() - runtime.freeMemory());
		fields.put("heapMax", runtime.maxMemory());
		fields.put("roundTrips", micros);
		return fields;
	}

	@Override
	public Item shown(Item item) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>(item.fields());
		fields.put("self", item.key().equals(this.cluster.self().toString()));
		return new Item(item.key(), fields);
	}

}
