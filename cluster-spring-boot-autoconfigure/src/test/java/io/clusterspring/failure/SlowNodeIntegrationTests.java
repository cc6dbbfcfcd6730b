package io.clusterspring.failure;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.RecordingListener;
import io.clusterspring.TransportListener;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.discovery.NodeLookups;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.engine.ListenSettings;
import io.clusterspring.jgroups.guard.ConnectionSecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests a node that reads more slowly than the others send.
 */
class SlowNodeIntegrationTests {

	private static final PortRange PORTS = new PortRange(27990, 2);

	private static final List<NodeAddress> LISTED = List.of(NodeAddress.of("n1@127.0.0.1"),
			NodeAddress.of("n2@127.0.0.1"));

	private static final int FRAMES = 20_000;

	private final String cluster = "slow-" + UUID.randomUUID();

	@Test
	void publisherIsSlowedDownAndNothingIsLost() {
		JGroupsTransport publisher = transport(LISTED.get(0));
		JGroupsTransport subscriber = transport(LISTED.get(1));
		SlowListener slow = new SlowListener();
		RecordingListener heard = new RecordingListener();
		try {
			publisher.connect(heard);
			subscriber.connect(slow);
			await().until(() -> heard.nodes().size() == 2);
			for (int number = 0; number < FRAMES; number++) {
				publisher.send(ByteBuffer.allocate(1000).putInt(number).array());
			}
			assertThat(publisher.dropped()).isZero();
			assertThat(slow.next.get()).as("taken when the last one was sent").isGreaterThan(FRAMES / 2);
			await().atMost(NodeProcesses.PATIENCE).until(() -> slow.next.get() == FRAMES);
			assertThat(slow.outOfOrder.get()).isZero();
		}
		finally {
			publisher.disconnect();
			subscriber.disconnect();
		}
	}

	private JGroupsTransport transport(NodeAddress node) {
		// a busy machine may exceed the default timeout
		NodeLimits limits = new NodeLimits(NodeLimits.DEFAULT.detection(), NodeLimits.DEFAULT.outbox(),
				Duration.ofSeconds(10));
		return new JGroupsTransport(this.cluster, node, LISTED, NodeLookups.listed(LISTED, List.of()), PORTS,
				ListenSettings.DEFAULT, List.of(), new ConnectionSecurity(null, null), limits);
	}

	/**
	 * Reads at most 10,000 frames a second.
	 */
	private static final class SlowListener implements TransportListener {

		private final AtomicInteger next = new AtomicInteger();

		private final AtomicInteger outOfOrder = new AtomicInteger();

		@Override
		public void frameReceived(Node sender, ByteBuffer frame) {
			LockSupport.parkNanos(100_000);
			if (frame.getInt(0) != this.next.getAndIncrement()) {
				this.outOfOrder.incrementAndGet();
			}
		}

	}

}
