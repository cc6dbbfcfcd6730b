package io.clusterspring.http.publish;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.clusterspring.Cluster;
import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.http.publish.HandledRequests.Claim;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that all nodes know of a handled request.
 */
class RepeatsTests {

	private static final RequestKey BODY = new RequestKey(7, 7);

	private final LocalNetwork network = new LocalNetwork("repeats");

	@Test
	void otherNodesHearOfIt() {
		Process n1 = new Process("n1@local");
		Process n2 = new Process("n2@local");
		await().until(() -> n1.asks(n2) && n2.asks(n1));
		handle(n1, 1);
		await().until(() -> n2.knows(1));
		handle(n2, 2);
		await().until(() -> n1.knows(2));
	}

	@Test
	void nodeThatJoinsIsToldWhatOthersHaveHandled() {
		Process n1 = new Process("n1@local");
		Process n2 = new Process("n2@local");
		await().until(() -> n1.asks(n2) && n2.asks(n1));
		for (int i = 0; i < 1200; i++) {
			handle(n1, i);
		}
		handle(n2, 5000);
		await().until(() -> n1.knows(5000));
		n2.transport.disconnect();
		await().until(() -> n1.view.nodes().size() == 1);
		Process n3 = new Process("n3@local");
		await().untilAsserted(() -> assertThat(n3.requests.size()).isEqualTo(1201));
		assertThat(n3.knows(5000)).as("known from the oldest node").isTrue();
	}

	private static void handle(Process process, long key) {
		RequestKey name = new RequestKey(key, key);
		assertThat(process.requests.claim(name, BODY, System.nanoTime()).sort()).isEqualTo(Claim.Sort.FIRST);
		process.repeats.handled(new Handled(name, BODY, 1, null, System.nanoTime()));
	}

	private final class Process implements Cluster, TransportListener {

		final HandledRequests requests = new HandledRequests(10_000, TimeUnit.MINUTES.toNanos(10));

		final ClusterTransport transport;

		final ClusterWire wire;

		final Repeats repeats;

		volatile ClusterView view;

		Process(String node) {
			this.transport = RepeatsTests.this.network.transport(Node.of(node));
			this.view = new ClusterView(0, List.of(self()));
			this.wire = new ClusterWire(this.transport, Runnable::run, 10_000);
			this.repeats = new Repeats(this, this.wire, this.requests);
			this.transport.connect(this);
		}

		boolean asks(Process other) {
			return this.wire.reads(other.self(), FrameKind.PUBLISHED);
		}

		boolean knows(long key) {
			return this.requests.list(true, System.nanoTime())
				.stream()
				.anyMatch((request) -> request.key().high() == key);
		}

		@Override
		public void viewChanged(ClusterView changed) {
			this.view = changed;
			this.wire.viewChanged(changed);
		}

		@Override
		public void frameReceived(Node sender, ByteBuffer frame) {
			this.wire.frameReceived(sender, frame);
		}

		@Override
		public String name() {
			return "repeats";
		}

		@Override
		public Node self() {
			return this.transport.self();
		}

		@Override
		public ClusterView view() {
			return this.view;
		}

	}

}
