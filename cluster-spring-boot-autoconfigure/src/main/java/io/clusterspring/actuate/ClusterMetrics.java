package io.clusterspring.actuate;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterTransport;
import io.clusterspring.FrameRefusal;
import io.clusterspring.ManagedCluster;
import io.clusterspring.RefusedPeer;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.WireStatistics;

/**
 * Meters of the cluster and its topics. The number of tag values is fixed: topics and
 * nodes are not tags.
 */
public final class ClusterMetrics implements MeterBinder {

	private static final String KIND = "kind";

	private final ManagedCluster cluster;

	private final ClusterPubSub pubSub;

	private final ClusterWire wire;

	private final ClusterTransport transport;

	/**
	 * Create the meters.
	 * @param cluster the cluster
	 * @param pubSub its topics
	 * @param wire its frames
	 * @param transport the engine below
	 */
	public ClusterMetrics(ManagedCluster cluster, ClusterPubSub pubSub, ClusterWire wire, ClusterTransport transport) {
		this.cluster = cluster;
		this.pubSub = pubSub;
		this.wire = wire;
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
		FunctionCounter.builder("cluster.evictions", this.cluster, ManagedCluster::evictions)
			.description("Times this node was evicted because another process has its name")
			.register(registry);
		FunctionCounter.builder("cluster.outbox.dropped", this.transport, ClusterTransport::dropped)
			.description("Messages lost for a node that did not take them, counted for each such node")
			.register(registry);
		FunctionCounter.builder("cluster.payloads.refused", this.transport, (engine) -> engine.payloadLimit().refused())
			.description("Payloads that were not sent because they are too large")
			.register(registry);
		for (FrameRefusal reason : FrameRefusal.values()) {
			FunctionCounter.builder("cluster.frames.refused", this.transport, (engine) -> engine.refusedFrames(reason))
				.tag("reason", reason.tag())
				.description("Messages from other nodes that were refused because no correct node sends them")
				.register(registry);
		}
		for (RefusedPeer.Reason reason : RefusedPeer.Reason.values()) {
			FunctionCounter.builder("cluster.peers.refused", this.transport, (engine) -> engine.refusals(reason))
				.tag("reason", reason.name().toLowerCase(Locale.ROOT))
				.description("Connections with other processes that were refused")
				.register(registry);
		}
		for (FrameKind kind : FrameKind.values()) {
			bindTo(registry, kind);
		}
		skipped(registry, "kind", ClusterWire::unknownKinds);
		skipped(registry, "version", ClusterWire::unknownVersions);
	}

	private void bindTo(MeterRegistry registry, FrameKind kind) {
		counter(registry, kind, "cluster.messages.sent", "Messages sent to other nodes", null,
				WireStatistics::sentFrames);
		counter(registry, kind, "cluster.messages.received", "Messages from other nodes", null,
				WireStatistics::receivedFrames);
		counter(registry, kind, "cluster.messages.malformed", "Messages from other nodes that could not be read", null,
				WireStatistics::malformedFrames);
		counter(registry, kind, "cluster.messages.failed", "Messages from other nodes whose receiver has failed", null,
				WireStatistics::failedFrames);
		counter(registry, kind, "cluster.sent", "Size of the messages sent to other nodes", "bytes",
				WireStatistics::sentBytes);
		counter(registry, kind, "cluster.received", "Size of the messages from other nodes", "bytes",
				WireStatistics::receivedBytes);
		FunctionTimer
			.builder("cluster.send", this.wire, (frames) -> frames.statistics(kind).sentFrames(),
					(frames) -> frames.statistics(kind).sendTime().toNanos(), TimeUnit.NANOSECONDS)
			.tag(KIND, kind.label())
			.description("Time that the engine takes to accept a message")
			.register(registry);
		FunctionCounter.builder("cluster.messages.dropped", this, (meters) -> meters.dropped(kind))
			.tag(KIND, kind.label())
			.description("Messages lost because a mailbox was full")
			.register(registry);
		Gauge.builder("cluster.messages.waiting", this, (meters) -> meters.waiting(kind))
			.tag(KIND, kind.label())
			.description("Messages that wait in mailboxes")
			.register(registry);
	}

	private long dropped(FrameKind kind) {
		return (kind == FrameKind.TOPIC) ? this.pubSub.statistics().droppedMessages()
				: this.wire.statistics(kind).droppedFrames();
	}

	private long waiting(FrameKind kind) {
		return (kind == FrameKind.TOPIC) ? this.pubSub.statistics().waitingMessages()
				: this.wire.statistics(kind).waitingFrames();
	}

	private void skipped(MeterRegistry registry, String unknown, ToDoubleFunction<ClusterWire> value) {
		FunctionCounter.builder("cluster.messages.skipped", this.wire, value)
			.tag("unknown", unknown)
			.description("Messages of a kind, or a version of it, that this node does not know")
			.register(registry);
	}

	private void counter(MeterRegistry registry, FrameKind kind, String name, String description, @Nullable String unit,
			ToDoubleFunction<WireStatistics> value) {
		FunctionCounter.builder(name, this.wire, (frames) -> value.applyAsDouble(frames.statistics(kind)))
			.tag(KIND, kind.label())
			.description(description)
			.baseUnit(unit)
			.register(registry);
	}

}
