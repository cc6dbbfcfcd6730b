package io.clusterspring.jgroups.flow;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.ClusterView;
import io.clusterspring.FrameRefusal;
import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
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
 * Payloads of the largest size from all nodes at once, with small frames beside them, and
 * to a node that goes and comes back in the middle of one.
 */
class PayloadsAtOnceIntegrationTests {

	private static final int PORT = 29650;

	private static final int LARGEST = 2 << 20;

	private static final List<NodeAddress> NODES = Stream.of("n1", "n2", "n3", "n4")
		.map((name) -> NodeAddress.of(name + "@127.0.0.1"))
		.toList();

	private final String cluster = "at-once-" + UUID.randomUUID();

	private final List<Peer> peers = new ArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void stop() {
		this.peers.forEach((peer) -> peer.transport.disconnect());
		this.threads.shutdownNow();
	}

	@Test
	void allOfThemAndAllSmallOnesArriveInOrder() {
		NODES.forEach(this::start);
		seeAll();
		CompletableFuture
			.allOf(this.peers.stream()
				.flatMap((peer) -> Stream.of(sends(peer, (byte) 1, LARGEST, 6), sends(peer, (byte) 2, LARGEST, 6),
						sends(peer, (byte) 3, 1000, 300)))
				.toArray(CompletableFuture[]::new))
			.join();
		await().atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(this.peers)
				.allSatisfy((peer) -> assertThat(peer.heard.values().stream().mapToInt(List::size).sum())
					.isEqualTo(3 * (6 + 6 + 300))));
		assertThat(this.peers).allSatisfy((peer) -> {
			assertThat(peer.heard).hasSize(9);
			assertThat(peer.heard.values()).allSatisfy(
					(numbers) -> assertThat(numbers).isEqualTo(IntStream.range(0, numbers.size()).boxed().toList()));
			assertThat(peer.broken).isEmpty();
			assertThat(peer.transport.dropped()).isZero();
			assertThat(peer.transport.refusedFrames(FrameRefusal.FRAGMENT)).isZero();
		});
	}

	@Test
	void nodeThatComesBackInTheMiddleGetsWholePayloadsOnly() {
		start(NODES.get(0));
		Peer gone = start(NODES.get(1));
		seeAll();
		Peer sender = this.peers.get(0);
		CompletableFuture<Void> sending = sends(sender, (byte) 1, LARGEST, 60);
		for (int i = 0; i < 3; i++) {
			Peer leaving = gone;
			await().until(() -> !leaving.heard.isEmpty() || sending.isDone());
			leaving.transport.disconnect();
			this.peers.remove(leaving);
			assertThat(leaving.broken).isEmpty();
			gone = start(NODES.get(1));
		}
		sending.join();
		seeAll();
		Peer last = gone;
		sends(sender, (byte) 4, LARGEST, 1).join();
		await().atMost(Duration.ofSeconds(20)).until(() -> last.heard.containsKey(sender.name() + 4));
		assertThat(last.broken).isEmpty();
		assertThat(last.heard.getOrDefault(sender.name() + 1, List.of())).isSorted().doesNotHaveDuplicates();
	}

	private CompletableFuture<Void> sends(Peer peer, byte stream, int size, int count) {
		return CompletableFuture.runAsync(() -> {
			for (int i = 0; i < count; i++) {
				byte[] frame = new byte[size];
				Arrays.fill(frame, (byte) i);
				ByteBuffer.wrap(frame).put(stream).putInt(i);
				peer.transport.send(frame);
			}
		}, this.threads);
	}

	private Peer start(NodeAddress node) {
		Peer peer = new Peer(node);
		this.peers.add(peer);
		peer.transport.connect(peer);
		return peer;
	}

	private void seeAll() {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.peers).allMatch((peer) -> peer.nodes == this.peers.size()));
	}

	private final class Peer implements TransportListener {

		private final Map<String, List<Integer>> heard = new ConcurrentHashMap<>();

		private final List<String> broken = new CopyOnWriteArrayList<>();

		private final JGroupsTransport transport;

		private volatile int nodes;

		Peer(NodeAddress self) {
			this.transport = new JGroupsTransport(PayloadsAtOnceIntegrationTests.this.cluster, self, NODES,
					NodeLookups.listed(NODES, List.of()), new PortRange(PORT, 5), ListenSettings.DEFAULT, List.of(),
					new ConnectionSecurity(null, null),
					new NodeLimits(Duration.ofSeconds(20), 4 << 20, Duration.ofSeconds(5), LARGEST));
		}

		String name() {
			return this.transport.self().name();
		}

		@Override
		public void viewChanged(ClusterView view) {
			this.nodes = view.nodes().size();
		}

		@Override
		public void frameReceived(Node sender, ByteBuffer frame) {
			int size = frame.remaining();
			byte stream = frame.get();
			int number = frame.getInt();
			while (frame.hasRemaining()) {
				if (frame.get() != (byte) number) {
					this.broken.add(sender + " " + stream + " " + number + " at " + frame.position());
					return;
				}
			}
			if (size != 1000 && size != LARGEST) {
				this.broken.add(sender + " " + stream + " " + number + " has " + size + " bytes");
			}
			this.heard.computeIfAbsent(sender.name() + stream, (key) -> new CopyOnWriteArrayList<>()).add(number);
		}

	}

}
