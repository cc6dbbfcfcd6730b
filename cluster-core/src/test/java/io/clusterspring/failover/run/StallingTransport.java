package io.clusterspring.failover.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;

/**
 * A transport that can lose all frames: each sender then waits, as for a node that takes
 * no frames, and the frame is lost.
 */
final class StallingTransport extends ForwardingTransport {

	private final Duration patience;

	volatile boolean stalled;

	StallingTransport(ClusterTransport transport, Duration patience) {
		super(transport);
		this.patience = patience;
	}

	private boolean passes() {
		if (this.stalled) {
			try {
				new CountDownLatch(1).await(this.patience.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		return !this.stalled;
	}

	@Override
	public void send(byte[] frame) {
		if (passes()) {
			this.transport.send(frame);
		}
	}

	@Override
	public int send(byte[] frame, Predicate<? super Node> receivers) {
		return passes() ? this.transport.send(frame, receivers) : 0;
	}

	@Override
	public void sendTo(Node node, byte[] frame) {
		if (passes()) {
			this.transport.sendTo(node, frame);
		}
	}

}
