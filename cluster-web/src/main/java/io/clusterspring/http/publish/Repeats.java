package io.clusterspring.http.publish;

import java.nio.ByteBuffer;
import java.util.List;

import io.clusterspring.Cluster;
import io.clusterspring.Node;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.WireLine;

/**
 * Knows on all nodes which requests were handled: each node tells the others of a request
 * after its messages, and a node that joins is told by each node what it has handled, and
 * by the oldest node what all have handled. Thread-safe.
 */
final class Repeats {

	private static final int IN_FRAME = 500;

	private final Cluster cluster;

	private final ClusterWire wire;

	private final HandledRequests requests;

	private final WireLine line;

	Repeats(Cluster cluster, ClusterWire wire, HandledRequests requests) {
		this.cluster = cluster;
		this.wire = wire;
		this.requests = requests;
		this.line = wire.open(FrameKind.PUBLISHED, (sender, body) -> received(body));
		wire.onHello((node) -> this.line.post(() -> tellAll(node)));
	}

	HandledRequests requests() {
		return this.requests;
	}

	/** Remember a request that this node has handled, and tell the other nodes. */
	void handled(Handled request) {
		this.requests.handled(request);
		this.line.send(PublishedFrame.encode(List.of(request), System.nanoTime()), this::isAsked);
	}

	// an earlier release does not know of requests
	private boolean isAsked(Node node) {
		return this.wire.reads(node, FrameKind.PUBLISHED);
	}

	private void received(ByteBuffer body) {
		long now = System.nanoTime();
		PublishedFrame.decode(body, now).forEach((request) -> this.requests.heard(request, now));
	}

	private void tellAll(Node node) {
		if (isAsked(node)) {
			long now = System.nanoTime();
			boolean oldest = this.cluster.view().coordinator().equals(this.cluster.self());
			List<Handled> left = this.requests.list(oldest, now);
			while (!left.isEmpty()) {
				List<Handled> part = left.subList(0, Math.min(IN_FRAME, left.size()));
				this.line.sendTo(node, PublishedFrame.encode(part, now));
				left = left.subList(part.size(), left.size());
			}
		}
	}

}
