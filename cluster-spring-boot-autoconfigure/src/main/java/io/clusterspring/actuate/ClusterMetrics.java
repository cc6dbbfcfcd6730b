package io.clusterspring.actuate;

import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Cluster;
import io.clusterspring.ClusterTransport;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.pubsub.PubSubStatistics;

/**
 * Meters of the cluster and its topics. None has a tag whose values could grow: topics
 * and nodes are not tags.
 */
public final class ClusterMetrics implements MeterBinder {

	private final Cluster cluster;

	private final ClusterPubSub pubSub;

	private final ClusterTransport transport;

	/**
	 * Create the meters.
	 * @param cluster the cluster
	 * @param pubSub its topics
	 * @param transport the engine below
	 */
	public ClusterMetrics(Cluster cluster, ClusterPubSub pubSub, ClusterTransport transport) {
		this.cluster = cluster;
		this.pubSub = pubSub;
		this.transport = transport;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("cluster.members", this.cluster, (present) -> present.view().nodes().size())
			.description("Nodes in the view")
			.register(registry);
		FunctionCounter.builder("cluster.view.changes", this.cluster, (present) -> present.view().id())
			.description("Views this node has seen")
			.register(registry);
		counter(registry, "cluster.messages.sent", "Messages sent to other nodes", null,
				PubSubStatistics::sentMessages);
		counter(registry, "cluster.messages.received", "Messages from other nodes", null,
				PubSubStatistics::receivedMessages);
		counter(registry, "cluster.messages.dropped", "Messages lost for a listener whose mailbox was full", null,
				PubSubStatistics::droppedMessages);
		FunctionCounter.builder("cluster.outbox.dropped", this.transport, ClusterTransport::dropped)
			.description("Messages lost for a node that did not take them, counted for each such node")
			.register(registry);
		counter(registry, "cluster.sent", "Size of the messages sent to other nodes", "bytes",
				PubSubStatistics::sentBytes);
		counter(registry, "cluster.received", "Size of the messages from other nodes", "bytes",
				PubSubStatistics::receivedBytes);
		FunctionTimer
			.builder("cluster.send", this.pubSub, (topics) -> topics.statistics().sentMessages(),
					(topics) -> topics.statistics().sendTime().toNanos(), TimeUnit.NANOSECONDS)
			.description("Time the engine takes to take a message")
			.register(registry);
		Gauge.builder("cluster.messages.waiting", this.pubSub, (topics) -> topics.statistics().waitingMessages())
			.description("Messages that wait for listeners")
			.register(registry);
	}

	private void counter(MeterRegistry registry, String name, String description, @Nullable String unit,
			ToDoubleFunction<PubSubStatistics> value) {
		FunctionCounter.builder(name, this.pubSub, (topics) -> value.applyAsDouble(topics.statistics()))
			.description(description)
			.baseUnit(unit)
			.register(registry);
	}

}
