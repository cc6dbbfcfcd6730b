package io.clusterspring.failover.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.SyncNodes;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.StartReason;
import io.clusterspring.failover.decision.FailoverState;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests a node of a later release, whose reports this node cannot read.
 */
@ExtendWith(OutputCaptureExtension.class)
class LaterReleaseTests {

	private static final Duration DETECTION = Duration.ofMillis(500);

	@AutoClose
	private final LocalNetwork network = new LocalNetwork("later");

	@AutoClose("shutdownNow")
	private final ExecutorService executor = Executors.newCachedThreadPool();

	@Test
	void applicationsOfALaterReleaseAreNotStartedHereWhileItIsPresent(CapturedOutput output) {
		App later = new App(new Later(this.network.transport(Node.of("n1@local"))));
		await().until(() -> later.running);
		App present = new App(this.network.transport(Node.of("n2@local")));
		Duration grace = FailoverState.grace(DETECTION);
		await().during(grace.plusSeconds(2)).atMost(grace.multipliedBy(4)).until(() -> !present.running);
		assertThat(later.running).isTrue();
		later.leave();
		await().atMost(Duration.ofSeconds(20)).until(() -> present.running);
		present.leave();
		assertThat(output)
			.contains("Skipped a frame of kind 'distributed' in a form that this node does not know "
					+ "(version 9), from n1@local: 1 such frame(s) so far")
			.doesNotContain("ERROR");
	}

	private final class App implements DistributedApplication {

		private final ManagedCluster cluster;

		private final FailoverController controller;

		private volatile boolean running;

		App(ClusterTransport transport) {
			ClusterWire wire = new ClusterWire(transport, LaterReleaseTests.this.executor, 1000);
			this.controller = new FailoverController(wire, () -> List.of(this), Map.of("app", Placement.ANYWHERE),
					DETECTION, LaterReleaseTests.this.executor);
			this.cluster = new ManagedCluster("later", transport, SyncNodes.none(), List.of(wire, this.controller),
					LaterReleaseTests.this.executor, (event) -> {
					});
			this.cluster.start();
			this.controller.start();
		}

		void leave() {
			this.controller.stop();
			this.cluster.stop();
			this.controller.close();
		}

		@Override
		public String name() {
			return "app";
		}

		@Override
		public void start(StartReason reason) {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
		}

	}

	/**
	 * Sends reports in a future version.
	 */
	private static final class Later extends ForwardingTransport {

		Later(ClusterTransport transport) {
			super(transport);
		}

		@Override
		public void send(byte[] frame) {
			this.transport.send(later(frame));
		}

		@Override
		public int send(byte[] frame, Predicate<? super Node> receivers) {
			return this.transport.send(later(frame), receivers);
		}

		@Override
		public void sendTo(Node node, byte[] frame) {
			this.transport.sendTo(node, later(frame));
		}

		private static byte[] later(byte[] frame) {
			byte[] changed = frame.clone();
			if (changed[0] == FrameKind.DISTRIBUTED.code()) {
				changed[1] = 9;
			}
			return changed;
		}

	}

}
