package io.clusterspring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class ManagedClusterTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final Node N3 = Node.of("n3@127.0.0.1");

	@AutoClose
	private final LocalNetwork network = new LocalNetwork("chat");

	@AutoClose("shutdownNow")
	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final RecordingListener listener = new RecordingListener();

	@Test
	void isAloneBeforeItJoinsAndAfterItHasLeft() {
		cluster(N2, "", "", null).start();
		ManagedCluster cluster = cluster(N1, "", "", null);
		assertThat(cluster.view().nodes()).containsExactly(N1);
		assertThat(cluster.isRunning()).isFalse();
		cluster.start();
		assertThat(cluster.view().nodes()).containsExactly(N2, N1);
		assertThat(cluster.isRunning()).isTrue();
		cluster.stop();
		assertThat(cluster.view().nodes()).containsExactly(N1);
		assertThat(cluster.isRunning()).isFalse();
	}

	@Test
	void startsBeforeTheWebServerAndStopsAfterIt() {
		assertThat(cluster(N1, "", "", null).getPhase()).isLessThan(-1_000_000);
	}

	@Test
	void withoutTimeoutNobodyIsWaitedFor() {
		ManagedCluster cluster = cluster(N1, N2.toString(), N2.toString(), null);
		cluster.start();
		assertThat(cluster.isRunning()).isTrue();
	}

	@Test
	void withATimeoutOfZeroNobodyIsWaitedFor() {
		ManagedCluster cluster = cluster(N1, N2.toString(), N3.toString(), "0");
		cluster.start();
		assertThat(cluster.isRunning()).isTrue();
		assertThat(Objects.requireNonNull(cluster.syncReport()).listed()).isEmpty();
	}

	@Test
	void nodeThatHasBootedDoesNotWaitWhenItStartsAgain() {
		ClusterTransport other = this.network.transport(N2);
		other.connect(this.listener);
		ManagedCluster cluster = cluster(N1, "", N2.toString(), "infinity");
		cluster.start();
		cluster.stop();
		other.disconnect();
		CompletableFuture<Void> again = CompletableFuture.runAsync(cluster::start, this.executor);
		assertThat(again).succeedsWithin(Duration.ofSeconds(10));
		assertThat(cluster.view().nodes()).containsExactly(N1);
		assertThat(Objects.requireNonNull(cluster.syncReport()).missing()).isEmpty();
	}

	@Test
	void listenersAreToldThatViewsOfBeforeDoNotHoldAnyMore() {
		List<String> told = new CopyOnWriteArrayList<>();
		ManagedCluster cluster = new ManagedCluster("chat", this.network.transport(N1),
				new SyncNodes(List.of(), List.of(), null), List.of(new TransportListener() {

					@Override
					public void joining() {
						told.add("joining");
					}

					@Override
					public void viewChanged(ClusterView view) {
						told.add("view");
					}

				}), this.executor, (event) -> {
				});
		for (int times = 0; times < 2; times++) {
			cluster.start();
			cluster.stop();
		}
		assertThat(told).containsExactly("joining", "view", "joining", "view");
	}

	@Test
	void nodeWhoseBootHasFailedWaitsWhenItStartsAgain() {
		ManagedCluster cluster = cluster(N1, "", N2.toString(), "50ms");
		assertThatExceptionOfType(MandatoryNodesDownException.class).isThrownBy(cluster::start);
		assertThatExceptionOfType(MandatoryNodesDownException.class).isThrownBy(cluster::start);
	}

	@Test
	void goesOnWithoutOptionalNodesAtTheTimeout() {
		ManagedCluster cluster = cluster(N1, N2.toString(), "", "50ms");
		cluster.start();
		assertThat(cluster.view().nodes()).containsExactly(N1);
	}

	@Test
	void goesOnAtTheMomentTheLastNodeIsSeen() throws Exception {
		ManagedCluster cluster = cluster(N1, "n1@127.0.0.1 n2@127.0.0.1", "", "infinity");
		CompletableFuture<Void> start = CompletableFuture.runAsync(cluster::start, this.executor);
		await().until(() -> cluster.view().id() > 0);
		assertThat(start).isNotDone();
		cluster(N2, "n1@127.0.0.1 n2@127.0.0.1", "", "infinity").start();
		start.get(10, TimeUnit.SECONDS);
	}

	@Test
	void leavesAndFailsWithoutMandatoryNodes() {
		this.network.transport(N2).connect(this.listener);
		ManagedCluster cluster = cluster(N1, "", "n2@127.0.0.1 n3@127.0.0.1", "50ms");
		assertThatExceptionOfType(MandatoryNodesDownException.class).isThrownBy(cluster::start).satisfies((ex) -> {
			assertThat(ex.missing()).containsExactly(Node.of("n3@127.0.0.1"));
			assertThat(ex.timeout().limit()).isEqualTo(Duration.ofMillis(50));
		});
		assertThat(cluster.isRunning()).isFalse();
		await().untilAsserted(() -> assertThat(this.listener.nodes()).containsExactly(N2));
	}

	@Test
	void leavesAndFailsWithTooFewNodes() {
		this.network.transport(N2).connect(this.listener);
		ManagedCluster cluster = cluster(N1, new SyncNodes(List.of(), List.of(), SyncTimeout.of("50ms"), 3));
		assertThatExceptionOfType(TooFewNodesException.class).isThrownBy(cluster::start).satisfies((ex) -> {
			assertThat(ex.present()).isEqualTo(2);
			assertThat(ex.minimum()).isEqualTo(3);
			assertThat(ex.timeout().limit()).isEqualTo(Duration.ofMillis(50));
		});
		assertThat(cluster.isRunning()).isFalse();
		await().untilAsserted(() -> assertThat(this.listener.nodes()).containsExactly(N2));
	}

	@Test
	void interruptEndsTheWait() throws Exception {
		ManagedCluster cluster = cluster(N1, N2.toString(), "", "infinity");
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread boot = new Thread(() -> {
			try {
				cluster.start();
			}
			catch (IllegalStateException ex) {
				failure.complete(ex);
			}
		});
		boot.start();
		await().until(() -> cluster.view().id() > 0 && boot.getState() == Thread.State.TIMED_WAITING);
		boot.interrupt();
		assertThat(failure.get(10, TimeUnit.SECONDS)).hasMessageContaining("Interrupted");
		assertThat(cluster.isRunning()).isFalse();
	}

	@Test
	void publishesWhoComesAndGoesInOrderAndNothingOfItself() {
		ClusterTransport second = this.network.transport(N2);
		second.connect(new RecordingListener());
		ManagedCluster cluster = cluster(N1, "", "", null);
		cluster.start();
		for (int i = 0; i < 3; i++) {
			second.disconnect();
			second.connect(new RecordingListener());
		}
		await().until(() -> this.events.size() >= 7);
		cluster.stop();
		second.disconnect();
		assertThat(this.events).containsExactly("NodeUp n2", "NodeDown n2", "NodeUp n2", "NodeDown n2", "NodeUp n2",
				"NodeDown n2", "NodeUp n2");
	}

	@Test
	void handsViewsAndFramesToEveryListener() {
		ManagedCluster cluster = cluster(N1, "", "", null);
		cluster.start();
		ClusterTransport second = this.network.transport(N2);
		second.connect(new RecordingListener());
		second.send("hello".getBytes());
		await().untilAsserted(() -> assertThat(this.listener.frames()).containsExactly("n2:hello", "n2:hello"));
		assertThat(this.listener.nodes()).containsExactly(N1, N2);
	}

	@Test
	void mayStartAgain() {
		ManagedCluster cluster = cluster(N1, "", "", null);
		cluster.start();
		cluster.stop();
		cluster.start();
		this.network.transport(N2).connect(new RecordingListener());
		await().untilAsserted(() -> assertThat(this.events).containsExactly("NodeUp n2"));
	}

	@Test
	void nodesThatWereThereBeforeARestartGoDownBeforeTheyComeUp() {
		ManagedCluster other = cluster(N2, new SyncNodes(List.of(), List.of(), null), new CopyOnWriteArrayList<>());
		other.start();
		ManagedCluster cluster = cluster(N1, "", "", null);
		cluster.start();
		await().untilAsserted(() -> assertThat(this.events).containsExactly("NodeUp n2"));
		cluster.stop();
		cluster.start();
		await().untilAsserted(() -> assertThat(this.events).containsExactly("NodeUp n2", "NodeDown n2", "NodeUp n2"));
		cluster.stop();
		other.stop();
		cluster.start();
		await().untilAsserted(
				() -> assertThat(this.events).containsExactly("NodeUp n2", "NodeDown n2", "NodeUp n2", "NodeDown n2"));
	}

	@Test
	void evictedNodeIsAloneAndHearsNothingUntilItIsBack() {
		ManagedCluster cluster = cluster(N1, "", "", null);
		ClusterTransport second = this.network.transport(N2);
		ClusterTransport third = this.network.transport(N3);
		ClusterTransport twin = this.network.transport(N1);
		second.connect(new RecordingListener());
		third.connect(new RecordingListener());
		cluster.start();
		await().untilAsserted(() -> assertThat(this.events).containsExactlyInAnyOrder("NodeUp n2", "NodeUp n3"));
		this.network.partition(Set.of(N1));
		await().until(() -> this.events.size() == 4);
		twin.connect(new RecordingListener());
		this.network.heal();
		await().until(cluster::isEvicted);
		assertThat(cluster.evictions()).isOne();
		assertThat(cluster.isRunning()).isTrue();
		assertThat(cluster.view().nodes()).containsExactly(N1);
		assertThat(this.listener.evictions()).isEqualTo(2);
		assertThatExceptionOfType(NodeNameTakenException.class).isThrownBy(cluster::rejoin);
		assertThat(cluster.isEvicted()).isTrue();
		second.send("not for you".getBytes());
		twin.disconnect();
		cluster.rejoin();
		assertThat(cluster.isEvicted()).isFalse();
		assertThat(cluster.view().nodes()).containsExactly(N2, N3, N1);
		await().until(() -> this.events.size() == 6);
		assertThat(this.events.subList(2, 6)).containsExactly("NodeDown n2", "NodeDown n3", "NodeUp n2", "NodeUp n3");
		assertThat(this.listener.frames()).isEmpty();
		assertThat(this.listener.views()).extracting(ClusterView::id).isSorted();
	}

	@Test
	void evictedNodeMayBeStoppedAndStartedAgain() {
		ManagedCluster cluster = cluster(N1, "", "", null);
		cluster.start();
		ClusterTransport twin = evict(cluster);
		cluster.stop();
		assertThat(cluster.isEvicted()).isFalse();
		assertThatExceptionOfType(NodeNameTakenException.class).isThrownBy(cluster::start);
		cluster.rejoin();
		assertThat(cluster.isRunning()).as("stopped, and so not to be joined again").isFalse();
		twin.disconnect();
		cluster.start();
		assertThat(cluster.isEvicted()).isFalse();
		this.network.transport(N2).connect(new RecordingListener());
		await().untilAsserted(() -> assertThat(this.events).endsWith("NodeUp n2"));
	}

	@Test
	void evictionEndsABootThatWaits() throws Exception {
		ManagedCluster cluster = cluster(N1, "n1@127.0.0.1 n9@127.0.0.1", "", "infinity");
		CompletableFuture<Void> start = CompletableFuture.runAsync(cluster::start, this.executor);
		await().until(() -> cluster.view().id() > 0);
		evict(cluster);
		assertThat(start).failsWithin(Duration.ofSeconds(10))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(NodeNameTakenException.class);
		assertThat(cluster.isRunning()).isFalse();
	}

	private ClusterTransport evict(ManagedCluster cluster) {
		this.network.partition(Set.of(N1));
		ClusterTransport helper = this.network.transport(N3);
		helper.connect(new RecordingListener());
		ClusterTransport twin = this.network.transport(N1);
		twin.connect(new RecordingListener());
		this.network.heal();
		await().until(() -> cluster.evictions() == 1);
		return twin;
	}

	private ManagedCluster cluster(Node node, String optional, String mandatory, @Nullable String timeout) {
		SyncNodes nodes = new SyncNodes(addresses(optional), addresses(mandatory),
				(timeout != null) ? SyncTimeout.of(timeout) : null);
		return cluster(node, nodes);
	}

	private ManagedCluster cluster(Node node, SyncNodes nodes) {
		return cluster(node, nodes, this.events);
	}

	private ManagedCluster cluster(Node node, SyncNodes nodes, List<String> told) {
		List<TransportListener> listeners = new ArrayList<>(List.of(this.listener, this.listener));
		Executor thread = this.executor;
		return new ManagedCluster("chat", this.network.transport(node), nodes, listeners, thread, (event) -> {
			ClusterEvent change = (ClusterEvent) event;
			told.add(change.getClass().getSimpleName() + " " + change.node().name());
		});
	}

	private static List<NodeAddress> addresses(String text) {
		return Stream.of(text.split(" ")).filter((part) -> !part.isEmpty()).map(NodeAddress::of).toList();
	}

}
