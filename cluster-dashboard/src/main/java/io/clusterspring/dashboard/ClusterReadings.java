package io.clusterspring.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.clusterspring.ClusterTransport;
import io.clusterspring.mailbox.ExecutorWatch;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;

/**
 * Figures of the frames between nodes, of topics, and of the heap.
 */
record ClusterReadings(ClusterWire wire, ClusterTransport transport, ClusterPubSub pubSub,
		@Nullable ExecutorWatch watch) implements Readings {

	@Override
	public List<Reading> list() {
		List<Reading> list = new ArrayList<>(
				List.of(Reading.rate("messagesSent", () -> this.wire.statistics(FrameKind.TOPIC).sentFrames()),
						Reading.rate("messagesReceived", () -> this.wire.statistics(FrameKind.TOPIC).receivedFrames()),
						Reading.rate("framesSent", () -> sum(ClusterWire.WireStatistics::sentFrames)),
						Reading.rate("framesReceived", () -> sum(ClusterWire.WireStatistics::receivedFrames)),
						Reading.rate("bytesSent", () -> sum(ClusterWire.WireStatistics::sentBytes)),
						Reading.rate("bytesReceived", () -> sum(ClusterWire.WireStatistics::receivedBytes)),
						Reading.level("waiting",
								() -> this.pubSub.statistics().waitingMessages()
										+ sum(ClusterWire.WireStatistics::waitingFrames)),
						Reading.rate("lost",
								() -> this.pubSub.statistics().droppedMessages() + this.transport.dropped()
										+ sum(ClusterWire.WireStatistics::droppedFrames)),
						Reading.level("heapUsed", ClusterReadings::heapUsed)));
		ExecutorWatch present = this.watch;
		if (present != null) {
			list.add(Reading.level("tasksWaiting", present::waiting));
		}
		return list;
	}

	private double sum(ToLongFunction<ClusterWire.WireStatistics> figure) {
		return Stream.of(FrameKind.values()).mapToLong((kind) -> figure.applyAsLong(this.wire.statistics(kind))).sum();
	}

	private static double heapUsed() {
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

}
