package io.clusterspring.actuate;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.ClusterTransport;
import io.clusterspring.FrameRefusal;
import io.clusterspring.ManagedCluster;
import io.clusterspring.RefusedPeer;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.ClusterWire.WireStatistics;
import io.clusterspring.wire.FrameKind;

/**
 * Meters of the cluster and its topics.
 *
 * @param wire its frames
 * @param transport the engine below
 */
record ClusterMetrics(ManagedCluster cluster, ClusterPubSub pubSub, ClusterWire wire,
		ClusterTransport transport) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		Meters<ManagedCluster> views = new Meters<>(registry, this.cluster);
		views.gauge("cluster.members", "Nodes in the view", (present) -> present.view().nodes().size());
		views.counter("cluster.view.changes", "Views this node has seen", (present) -> present.view().id());
		views.counter("cluster.evictions", "Times this node was evicted because another process has its name",
				ManagedCluster::evictions);
		bindEngine(new Meters<>(registry, this.transport));
		Meters<ClusterWire> frames = new Meters<>(registry, this.wire);
		for (FrameKind kind : FrameKind.values()) {
			bindFrames(frames, kind);
			bindMailboxes(new Meters<>(registry, this), kind);
		}
		String skipped = "Messages of a kind, or a version of it, that this node does not know";
		frames.counter("cluster.messages.skipped", skipped, ClusterWire::unknownKinds, "unknown", "kind");
		frames.counter("cluster.messages.skipped", skipped, ClusterWire::unknownVersions, "unknown", "version");
	}

	private static void bindEngine(Meters<ClusterTransport> meters) {
		meters.counter("cluster.outbox.dropped",
				"Messages lost for a node that did not take them, counted for each such node",
				ClusterTransport::dropped);
		meters.counter("cluster.payloads.refused", "Payloads that were not sent because they are too large",
				(engine) -> engine.payloadLimit().refused());
		for (FrameRefusal reason : FrameRefusal.values()) {
			meters.counter("cluster.frames.refused",
					"Messages from other nodes that were refused because no correct node sends them",
					(engine) -> engine.refusedFrames(reason), "reason", reason.tag());
		}
		for (RefusedPeer.Reason reason : RefusedPeer.Reason.values()) {
			meters.counter("cluster.peers.refused", "Connections with other processes that were refused",
					(engine) -> engine.refusals(reason), "reason", reason.name().toLowerCase(Locale.ROOT));
		}
	}

	private static void bindFrames(Meters<ClusterWire> meters, FrameKind kind) {
		String[] tags = tags(kind);
		meters.counter("cluster.messages.sent", "Messages sent to other nodes", of(kind, WireStatistics::sentFrames),
				tags);
		meters.counter("cluster.messages.received", "Messages from other nodes",
				of(kind, WireStatistics::receivedFrames), tags);
		meters.counter("cluster.messages.malformed", "Messages from other nodes that could not be read",
				of(kind, WireStatistics::malformedFrames), tags);
		meters.counter("cluster.messages.failed", "Messages from other nodes whose receiver has failed",
				of(kind, WireStatistics::failedFrames), tags);
		meters.bytes("cluster.sent", "Size of the messages sent to other nodes", of(kind, WireStatistics::sentBytes),
				tags);
		meters.bytes("cluster.received", "Size of the messages from other nodes",
				of(kind, WireStatistics::receivedBytes), tags);
		FunctionTimer
			.builder("cluster.send", meters.source(), (frames) -> frames.statistics(kind).sentFrames(),
					(frames) -> frames.statistics(kind).sendTime().toNanos(), TimeUnit.NANOSECONDS)
			.tags(tags)
			.description("Time that the engine takes to accept a message")
			.register(meters.registry());
	}

	private static ToDoubleFunction<ClusterWire> of(FrameKind kind, ToDoubleFunction<WireStatistics> value) {
		return (frames) -> value.applyAsDouble(frames.statistics(kind));
	}

	private static String[] tags(FrameKind kind) {
		return new String[] { "kind", kind.label() };
	}

	// of a topic, the mailboxes are those of its listeners
	private static void bindMailboxes(Meters<ClusterMetrics> meters, FrameKind kind) {
		boolean topic = kind == FrameKind.TOPIC;
		meters.counter("cluster.messages.dropped", "Messages lost because a mailbox was full",
				(all) -> topic ? all.pubSub.statistics().droppedMessages() : all.wire.statistics(kind).droppedFrames(),
				tags(kind));
		meters.gauge("cluster.messages.waiting", "Messages that wait in mailboxes",
				(all) -> topic ? all.pubSub.statistics().waitingMessages() : all.wire.statistics(kind).waitingFrames(),
				tags(kind));
	}

}
