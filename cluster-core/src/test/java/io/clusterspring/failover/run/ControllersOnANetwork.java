package io.clusterspring.failover.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;

import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.SyncNodes;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;
import io.clusterspring.failover.StartReason;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.wire.ClusterWire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs three complete controllers, with their threads, on a network in memory.
 */
abstract class ControllersOnANetwork {

	static final Duration PATIENCE = Duration.ofSeconds(30);

	static final Duration DETECTION = Duration.ofSeconds(8);

	static final List<Node> NODES = IntStream.rangeClosed(1, 3)
		.mapToObj((number) -> Node.of("n" + number + "@local"))
		.toList();

	final LocalNetwork network = new LocalNetwork("failover");

	final ExecutorService executor = Executors.newCachedThreadPool();

	final List<TestNode> nodes = new ArrayList<>();

	final List<String> history = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() {
		this.nodes.forEach(TestNode::leave);
		this.network.close();
		this.executor.shutdownNow();
	}

	void boot(Placement placement) {
		NODES.forEach((node) -> new TestNode(node, placement).boot());
		awaitOwner(NODES.get(0));
	}

	static Placement placement(Quorum quorum, Duration lease) {
		return new Placement(NODES.stream().map(List::of).toList(), Duration.ofMillis(200), quorum, lease,
				Duration.ofMillis(800), Duration.ofSeconds(1));
	}

	static void pause(int millis) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		await().atMost(PATIENCE).until(() -> System.nanoTime() > end);
	}

	void awaitOwner(Node node) {
		await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(owners()).as(() -> this.history.toString()).containsExactly(node);
			assertThat(this.nodes.get(0).controller.statuses()).isNotEmpty();
		});
	}

	List<Node> owners() {
		return this.nodes.stream().filter((node) -> node.running).map((node) -> node.self).toList();
	}

	void assertNoOverlap() {
		int running = 0;
		for (String line : this.history) {
			running += line.contains("starts") ? 1 : line.contains("stopped") ? -1 : 0;
			assertThat(running).as(() -> this.history.toString()).isBetween(0, 1);
		}
	}

	final class TestNode implements DistributedApplication {

		final Node self;

		final ManagedCluster cluster;

		final FailoverController controller;

		final StallingTransport transport;

		volatile boolean running;

		volatile boolean failing;

		volatile boolean hanging;

		volatile boolean hangingStart;

		volatile boolean deaf;

		final CountDownLatch release = new CountDownLatch(1);

		volatile long stopMillis;

		TestNode(Node self, Placement placement) {
			this.self = self;
			this.transport = new StallingTransport(ControllersOnANetwork.this.network.transport(self),
					Duration.ofMillis(500));
			ClusterWire wire = new ClusterWire(this.transport, ControllersOnANetwork.this.executor, 1000);
			this.controller = new FailoverController(wire, () -> List.of(this), Map.of("app", placement), DETECTION,
					ControllersOnANetwork.this.executor);
			this.cluster = new ManagedCluster("failover", this.transport, SyncNodes.none(),
					List.of(wire, this.controller), ControllersOnANetwork.this.executor, (event) -> {
					});
			ControllersOnANetwork.this.nodes.add(this);
		}

		void boot() {
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
		public void start(StartReason reason) throws InterruptedException {
			hang();
			if (this.failing) {
				ControllersOnANetwork.this.history.add(this.self.name() + " fails");
				throw new IllegalStateException("as it should");
			}
			ControllersOnANetwork.this.history.add(this.self.name() + " starts " + reason.type());
			this.running = true;
		}

		void hang() throws InterruptedException {
			while (this.hangingStart) {
				try {
					this.release.await();
				}
				catch (InterruptedException ex) {
					ControllersOnANetwork.this.history.add(this.self.name() + " start interrupted");
					if (!this.deaf) {
						throw ex;
					}
				}
			}
		}

		@Override
		public void stop() throws InterruptedException {
			try {
				if (this.hanging) {
					new CountDownLatch(1).await();
				}
				new CountDownLatch(1).await(this.stopMillis, TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				ControllersOnANetwork.this.history.add(this.self.name() + " interrupted");
				throw ex;
			}
			finally {
				this.running = false;
				ControllersOnANetwork.this.history.add(this.self.name() + " stopped");
			}
		}

	}

}
