package io.clusterspring.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.SyncNodes;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.wire.ClusterWire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Whole controllers, with their threads, on a network in memory.
 */
class FailoverNetworkTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration DETECTION = Duration.ofSeconds(8);

	private static final List<Node> NODES = IntStream.rangeClosed(1, 3)
		.mapToObj((number) -> Node.of("n" + number + "@local"))
		.toList();

	private final LocalNetwork network = new LocalNetwork("failover");

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final List<TestNode> nodes = new ArrayList<>();

	private final List<String> history = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() {
		this.nodes.forEach(TestNode::leave);
		this.network.close();
		this.executor.shutdownNow();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2 })
	void withAQuorumItNeverRunsTwice(long seed) {
		Placement placement = placement(Quorum.MAJORITY, Duration.ofSeconds(3));
		Random random = new Random(seed);
		boot(placement);
		for (int event = 0; event < 4; event++) {
			this.network.partition(Set.of(NODES.get(random.nextInt(3))));
			pause(random.nextInt(5000));
			this.network.heal();
			pause(random.nextInt(1000));
		}
		awaitOwner(NODES.get(0));
		assertNoOverlap();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2 })
	void withoutAQuorumEachSideRunsItOnce(long seed) {
		Placement placement = placement(Quorum.NONE, Duration.ofSeconds(3));
		Random random = new Random(seed);
		boot(placement);
		for (int event = 0; event < 4; event++) {
			Node cut = NODES.get(random.nextInt(3));
			this.network.partition(Set.of(cut));
			await().atMost(PATIENCE).untilAsserted(() -> {
				assertThat(owners().stream().filter(cut::equals)).as("cut off").hasSize(1);
				assertThat(owners().stream().filter((node) -> !cut.equals(node))).as("the others").hasSize(1);
			});
			this.network.heal();
			awaitOwner(NODES.get(0));
		}
	}

	@ParameterizedTest
	@EnumSource
	void evictedNodeStopsAtOnceAndStartsNothingUntilItIsBack(QuorumOfTest quorum) {
		Placement placement = placement(quorum.quorum, Duration.ofSeconds(3));
		boot(placement);
		awaitOwner(NODES.get(0));
		TestNode old = this.nodes.get(0);
		this.network.partition(Set.of(NODES.get(0)));
		TestNode twin = new TestNode(NODES.get(0), placement);
		twin.boot();
		await().atMost(PATIENCE).until(() -> twin.running);
		this.network.heal();
		await().until(() -> old.cluster.isEvicted());
		await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> !old.running);
		assertThat(twin.running).isTrue();
		assertThatIllegalStateException().isThrownBy(() -> old.controller.move("app", NODES.get(0)))
			.withMessageContaining("another process has the name of this node");
		assertThatIllegalStateException().isThrownBy(() -> old.controller.permit("app", NODES.get(0), false))
			.withMessageContaining("another process has the name of this node");
		twin.leave();
		assertThatIllegalStateException().isThrownBy(() -> twin.controller.move("app", NODES.get(1)))
			.withMessageContaining("was told to stop");
		awaitOwner(NODES.get(1));
		assertThat(old.running).isFalse();
		old.cluster.rejoin();
		awaitOwner(NODES.get(0));
		assertThat(old.running).isTrue();
	}

	@Test
	void theOneWhoseStartFailsLeavesItToTheNext() {
		Placement placement = placement(Quorum.NONE, Duration.ofSeconds(3));
		TestNode first = new TestNode(NODES.get(0), placement);
		first.failing = true;
		first.boot();
		await().atMost(PATIENCE).until(() -> this.history.contains("n1 fails"));
		new TestNode(NODES.get(1), placement).boot();
		awaitOwner(NODES.get(1));
		first.failing = false;
		first.controller.move("app", NODES.get(0));
		awaitOwner(NODES.get(0));
		assertNoOverlap();
	}

	@Test
	void aLoneNodeTriesAgain() {
		TestNode first = new TestNode(NODES.get(0), placement(Quorum.NONE, Duration.ofSeconds(3)));
		first.failing = true;
		first.boot();
		await().atMost(PATIENCE).until(() -> this.history.contains("n1 fails"));
		first.failing = false;
		awaitOwner(NODES.get(0));
		assertThat(this.history).containsSubsequence("n1 fails", "n1 starts NORMAL");
	}

	@Test
	void aStopThatHangsIsInterruptedAndGivenUpOn() {
		Placement placement = placement(Quorum.NONE, Duration.ofSeconds(3));
		boot(placement);
		TestNode first = this.nodes.get(0);
		first.hanging = true;
		first.controller.permit("app", NODES.get(0), false);
		awaitOwner(NODES.get(1));
		assertThat(this.history).contains("n1 interrupted");
		first.hanging = false;
		first.controller.permit("app", NODES.get(0), true);
		awaitOwner(NODES.get(0));
	}

	@Test
	void aStartThatHangsIsInterruptedAndTriedElsewhere() {
		Placement placement = placement(Quorum.MAJORITY, Duration.ofSeconds(3));
		NODES.forEach((node) -> {
			TestNode booted = new TestNode(node, placement);
			booted.hangingStart = node.equals(NODES.get(0));
			booted.boot();
		});
		awaitOwner(NODES.get(1));
		assertThat(this.history).contains("n1 start interrupted");
	}

	@Test
	void aStartThatIgnoresItsInterruptIsSeenAndKeptFromTheOthers() {
		Placement placement = placement(Quorum.NONE, Duration.ofSeconds(3));
		TestNode first = new TestNode(NODES.get(0), placement);
		first.hangingStart = true;
		first.deaf = true;
		first.boot();
		TestNode second = new TestNode(NODES.get(1), placement);
		second.boot();
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(second.controller.statuses().get(0).running()).singleElement()
				.satisfies((at) -> assertThat(at.state()).isEqualTo("hanging")));
		assertThat(second.controller.statuses().get(0).remarks()).singleElement()
			.asString()
			.contains("its start on n1@local was interrupted and does not come back");
		assertThatIllegalStateException().isThrownBy(() -> second.controller.move("app", NODES.get(1)))
			.withMessageContaining("does not come back");
		assertThatIllegalStateException().isThrownBy(() -> second.controller.permit("app", NODES.get(0), false))
			.withMessageContaining("does not come back");
		await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> !second.running);
		assertThat(first.controller.isRunningHere("app")).isFalse();
		first.hangingStart = false;
		first.release.countDown();
		awaitOwner(NODES.get(1));
		assertThat(this.history).containsSubsequence("n1 start interrupted", "n1 starts NORMAL", "n1 stopped",
				"n2 starts NORMAL");
		assertNoOverlap();
	}

	@Test
	void nobodyWithTheWeakerQuorumTakesOver() {
		TestNode weak = new TestNode(NODES.get(0), placement(Quorum.NONE, Duration.ofSeconds(3)));
		weak.boot();
		awaitOwner(NODES.get(0));
		NODES.subList(1, 3)
			.forEach((node) -> new TestNode(node, placement(Quorum.MAJORITY, Duration.ofSeconds(3))).boot());
		awaitOwner(NODES.get(1));
		assertThat(weak.controller.statuses().get(0)).satisfies((status) -> {
			assertThat(status.refused()).isTrue();
			assertThat(status.remarks()).anyMatch((remark) -> remark.contains("asks for more votes"));
		});
		assertThat(this.nodes.get(1).controller.statuses().get(0).remarks()).singleElement()
			.asString()
			.contains("its placement on n1@local is another than here");
		this.network.partition(Set.of(NODES.get(0)));
		await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> !weak.running);
		this.network.partition(Set.of(NODES.get(1)));
		await().atMost(PATIENCE).until(() -> owners().isEmpty());
		await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> owners().isEmpty());
		assertNoOverlap();
	}

	@Test
	void aNodeThatCannotSendHasStoppedBeforeItStartsElsewhere() {
		boot(new Placement(NODES.stream().map(List::of).toList(), Duration.ZERO, Quorum.MAJORITY, Duration.ofSeconds(2),
				Placement.DEFAULT_START_TIMEOUT, Duration.ofSeconds(1)));
		TestNode first = this.nodes.get(0);
		first.stopMillis = 900;
		first.transport.stalled = true;
		await().atMost(PATIENCE).until(() -> this.nodes.stream().anyMatch((node) -> node != first && node.running));
		first.transport.stalled = false;
		awaitOwner(NODES.get(0));
		assertNoOverlap();
	}

	@Test
	void theNodeWhosePlacementDiffersDoesNotRunIt() {
		TestNode first = new TestNode(NODES.get(1), placement(Quorum.NONE, Duration.ofSeconds(3)));
		first.boot();
		awaitOwner(NODES.get(1));
		TestNode differing = new TestNode(NODES.get(0), new Placement(List.of(List.of(NODES.get(0))), Duration.ZERO,
				Quorum.NONE, Placement.DEFAULT_LEASE, Placement.DEFAULT_START_TIMEOUT, Placement.DEFAULT_STOP_TIMEOUT));
		differing.boot();
		await().atMost(PATIENCE).until(() -> differing.controller.statuses().get(0).refused());
		assertThat(first.controller.statuses().get(0).refused()).isFalse();
		awaitOwner(NODES.get(1));
		first.leave();
		awaitOwner(NODES.get(0));
		assertThat(differing.controller.statuses().get(0).refused()).isFalse();
		assertNoOverlap();
	}

	@Test
	void whatCannotBeDoneIsRefused() {
		TestNode first = new TestNode(NODES.get(0), placement(Quorum.NONE, Duration.ofSeconds(3)));
		first.boot();
		awaitOwner(NODES.get(0));
		assertThat(first.controller.isRunningHere("app")).isTrue();
		assertThat(first.controller.isRunningHere("other")).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> first.controller.move("other", NODES.get(0)));
		assertThatIllegalArgumentException().isThrownBy(() -> first.controller.move("app", NODES.get(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> first.controller.permit("app", NODES.get(2), true));
		first.controller.permit("app", NODES.get(0), false);
		await().atMost(PATIENCE).until(() -> owners().isEmpty());
		await().atMost(PATIENCE).until(() -> !first.controller.statuses().get(0).nodes().get(0).permitted());
		assertThatIllegalArgumentException().isThrownBy(() -> first.controller.move("app", NODES.get(0)));
		assertThat(first.controller.isRunningHere("app")).isFalse();
	}

	private void boot(Placement placement) {
		NODES.forEach((node) -> new TestNode(node, placement).boot());
		awaitOwner(NODES.get(0));
	}

	private static Placement placement(Quorum quorum, Duration lease) {
		return new Placement(NODES.stream().map(List::of).toList(), Duration.ofMillis(200), quorum, lease,
				Duration.ofMillis(800), Duration.ofSeconds(1));
	}

	private static void pause(int millis) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		await().atMost(PATIENCE).until(() -> System.nanoTime() > end);
	}

	private void awaitOwner(Node node) {
		await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(owners()).as(() -> this.history.toString()).containsExactly(node);
			assertThat(this.nodes.get(0).controller.statuses()).isNotEmpty();
		});
	}

	private List<Node> owners() {
		return this.nodes.stream().filter((node) -> node.running).map((node) -> node.self).toList();
	}

	private void assertNoOverlap() {
		int running = 0;
		for (String line : this.history) {
			running += line.contains("starts") ? 1 : line.contains("stopped") ? -1 : 0;
			assertThat(running).as(() -> this.history.toString()).isBetween(0, 1);
		}
	}

	private enum QuorumOfTest {

		NONE(Quorum.NONE), MAJORITY(Quorum.MAJORITY);

		private final Quorum quorum;

		QuorumOfTest(Quorum quorum) {
			this.quorum = quorum;
		}

	}

	private final class TestNode implements DistributedApplication {

		private final Node self;

		private final ManagedCluster cluster;

		private final FailoverController controller;

		private final StallingTransport transport;

		private volatile boolean running;

		private volatile boolean failing;

		private volatile boolean hanging;

		private volatile boolean hangingStart;

		private volatile boolean deaf;

		private final CountDownLatch release = new CountDownLatch(1);

		private volatile long stopMillis;

		TestNode(Node self, Placement placement) {
			this.self = self;
			this.transport = new StallingTransport(FailoverNetworkTests.this.network.transport(self),
					Duration.ofMillis(500));
			ClusterWire wire = new ClusterWire(this.transport, FailoverNetworkTests.this.executor, 1000);
			this.controller = new FailoverController(wire, () -> List.of(this), Map.of("app", placement), DETECTION,
					FailoverNetworkTests.this.executor);
			this.cluster = new ManagedCluster("failover", this.transport, SyncNodes.none(),
					List.of(wire, this.controller), FailoverNetworkTests.this.executor, (event) -> {
					});
			FailoverNetworkTests.this.nodes.add(this);
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
				FailoverNetworkTests.this.history.add(this.self.name() + " fails");
				throw new IllegalStateException("as it should");
			}
			FailoverNetworkTests.this.history.add(this.self.name() + " starts " + reason.type());
			this.running = true;
		}

		private void hang() throws InterruptedException {
			while (this.hangingStart) {
				try {
					this.release.await();
				}
				catch (InterruptedException ex) {
					FailoverNetworkTests.this.history.add(this.self.name() + " start interrupted");
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
				FailoverNetworkTests.this.history.add(this.self.name() + " interrupted");
				throw ex;
			}
			finally {
				this.running = false;
				FailoverNetworkTests.this.history.add(this.self.name() + " stopped");
			}
		}

	}

}
