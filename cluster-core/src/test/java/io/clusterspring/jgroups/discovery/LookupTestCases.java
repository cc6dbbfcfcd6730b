package io.clusterspring.jgroups.discovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.jgroups.JChannel;
import org.jgroups.util.Util;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.ClusterView;
import io.clusterspring.FrameRefusal;
import io.clusterspring.NodeAddress;
import io.clusterspring.RecordingListener;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.engine.ListenSettings;
import io.clusterspring.jgroups.guard.ConnectionSecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What every way to find nodes must do that have no fixed names. A subclass brings the
 * way. The nodes listen on different addresses of the loopback network.
 */
abstract class LookupTestCases {

	protected final String cluster = "lookup-" + UUID.randomUUID();

	private final List<Peer> peers = new ArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	/**
	 * Make a node known as far as its environment does that, and return its lookup.
	 * @param host the node's host
	 * @return a new lookup
	 * @throws Exception if that fails
	 */
	abstract NodeLookup lookup(String host) throws Exception;

	abstract int port();

	String host(int number) {
		return "127.0.0." + number;
	}

	@AfterEach
	void disconnect() {
		this.peers.forEach((peer) -> peer.transport.disconnect());
		this.threads.shutdown();
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 5, 2, 5 })
	void nodesThatStartTogetherFormOneViewAtOnce(int count) throws Exception {
		CyclicBarrier gate = new CyclicBarrier(count);
		List<CompletableFuture<Void>> starts = new ArrayList<>();
		for (int i = 1; i <= count; i++) {
			Peer peer = peer(i);
			starts.add(CompletableFuture.runAsync(() -> {
				pass(gate);
				peer.connect();
			}, this.threads));
		}
		CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
		seeAll(count);
		assertThat(this.peers).flatExtracting((peer) -> peer.heard.views())
			.extracting(ClusterView::coordinator)
			.as("nobody founded another cluster")
			.containsOnly(this.peers.get(0).heard.nodes().get(0));
	}

	@Test
	void loneNodeStartsAndLaterOnesJoin() throws Exception {
		for (int i = 1; i <= 3; i++) {
			Peer peer = peer(i);
			peer.connect();
			assertThat(peer.heard.nodes()).hasSize(i);
			assertThat(peer.millis).isLessThan(30_000);
		}
		seeAll(3);
	}

	@Test
	void nodeThatCrashedIsMissedAndComesBack() throws Exception {
		peer(1).connect();
		Peer second = peer(2);
		second.connect();
		Util.shutdown(second.channel);
		this.peers.remove(second);
		await().untilAsserted(() -> assertThat(this.peers.get(0).heard.nodes()).hasSize(1));
		Peer again = peer(2);
		again.connect();
		assertThat(again.heard.nodes()).hasSize(2);
	}

	protected final Peer peer(int number) throws Exception {
		return peer(number, lookup(host(number)));
	}

	protected final Peer peer(int number, NodeLookup lookup) {
		Peer peer = new Peer(number, lookup);
		this.peers.add(peer);
		return peer;
	}

	protected final void seeAll(int count) {
		await().atMost(30, TimeUnit.SECONDS)
			.untilAsserted(
					() -> assertThat(this.peers).allSatisfy((peer) -> assertThat(peer.heard.nodes()).hasSize(count)
						.isEqualTo(this.peers.get(0).heard.nodes())));
	}

	private static void pass(CyclicBarrier gate) {
		try {
			gate.await();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A node of the test.
	 */
	protected final class Peer {

		final RecordingListener heard = new RecordingListener();

		private final JGroupsTransport transport;

		private volatile JChannel channel;

		private volatile long millis;

		private Peer(int number, NodeLookup lookup) {
			NodeAddress self = NodeAddress.of("some" + number + "@" + host(number));
			this.transport = new JGroupsTransport(LookupTestCases.this.cluster, self, List.of(), lookup,
					new PortRange(port(), 5), ListenSettings.DEFAULT, List.of((created) -> this.channel = created),
					new ConnectionSecurity(null, null), NodeLimits.DEFAULT);
		}

		void connect() {
			long start = System.nanoTime();
			this.transport.connect(this.heard);
			this.millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
		}

		JChannel channel() {
			return this.channel;
		}

		long refusedFrames() {
			return Arrays.stream(FrameRefusal.values()).mapToLong(this.transport::refusedFrames).sum();
		}

		void disconnect() {
			this.transport.disconnect();
		}

	}

}
