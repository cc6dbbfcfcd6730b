package io.clusterspring;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The contract of every engine. A subclass creates the engine.
 */
public abstract class ClusterTransportContractTests {

	protected static final Node N1 = Node.of("n1@127.0.0.1");

	protected static final Node N2 = Node.of("n2@127.0.0.1");

	protected static final Node N3 = Node.of("n3@127.0.0.1");

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final List<ClusterTransport> connected = new ArrayList<>();

	/**
	 * Create a transport for one of the three nodes, in the cluster of this test.
	 * @param node the node
	 * @return a transport, not yet connected
	 */
	protected abstract ClusterTransport transport(Node node);

	/**
	 * Cut a node off from the others without telling anybody.
	 * @param transport the node, connected, of a name that no other one has
	 */
	protected abstract void cutOff(ClusterTransport transport);

	/**
	 * Restore the network after a cut.
	 */
	protected abstract void heal();

	@AfterEach
	void disconnectAll() {
		this.connected.forEach(ClusterTransport::disconnect);
	}

	@Test
	void firstNodeIsAloneAndHasItsViewWhenConnectReturns() {
		Peer first = connect(N1);
		assertThat(first.heard.views()).singleElement().satisfies((view) -> {
			assertThat(view.nodes()).containsExactly(N1);
			assertThat(view.coordinator()).isEqualTo(N1);
		});
	}

	@Test
	void nodesSeeEachOtherAndTheOldestIsCoordinator() {
		Peer second = connect(N2);
		Peer first = connect(N1);
		Peer third = connect(N3);
		assertThat(third.heard.nodes()).containsExactly(N2, N1, N3);
		await().untilAsserted(() -> {
			assertThat(first.heard.nodes()).containsExactly(N2, N1, N3);
			assertThat(second.heard.nodes()).containsExactly(N2, N1, N3);
		});
		assertThat(second.heard.views()).extracting((view) -> view.nodes().size()).containsExactly(1, 2, 3);
	}

	@Test
	void viewIdsGrow() {
		Peer first = connect(N1);
		connect(N2).transport.disconnect();
		await().until(() -> first.heard.views().size() == 3);
		assertThat(first.heard.views()).extracting(ClusterView::id).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void framesOfASenderArriveOnceAndInOrder() {
		Peer first = connect(N1);
		Peer second = connect(N2);
		Peer third = connect(N3);
		seesAll(first, second, third);
		IntStream.range(0, 2000).forEach((i) -> {
			if (i % 5 == 0) {
				first.sendTo(N2, "" + i);
			}
			else {
				first.send("" + i);
			}
			second.send("" + i);
		});
		List<String> toSecond = IntStream.range(0, 2000).mapToObj((i) -> "n1:" + i).toList();
		List<String> toFirst = IntStream.range(0, 2000).mapToObj((i) -> "n2:" + i).toList();
		await().untilAsserted(() -> {
			assertThat(second.heard.frames()).isEqualTo(toSecond);
			assertThat(first.heard.frames()).isEqualTo(toFirst);
			assertThat(third.heard.frames()).hasSize(3600);
		});
		assertThat(third.heard.frames()).filteredOn((frame) -> frame.startsWith("n2:")).isEqualTo(toFirst);
	}

	@Test
	void frameForOneNodeReachesNoOther() {
		Peer first = connect(N1);
		Peer second = connect(N2);
		Peer third = connect(N3);
		seesAll(first, second, third);
		first.sendTo(N2, "for two");
		first.sendTo(N1, "for myself");
		first.send("for all");
		await().untilAsserted(() -> {
			assertThat(second.heard.frames()).containsExactly("n1:for two", "n1:for all");
			assertThat(third.heard.frames()).containsExactly("n1:for all");
		});
		assertThat(first.heard.frames()).isEmpty();
	}

	@Test
	void largeFrameArrivesWhole() {
		Peer first = connect(N1);
		Peer second = connect(N2);
		seesAll(first, second);
		String large = "x".repeat(1_000_000);
		first.send(large);
		await().untilAsserted(() -> assertThat(second.heard.frames()).containsExactly("n1:" + large));
	}

	@Test
	void sendingToNobodyIsNoError() {
		ClusterTransport unconnected = transport(N1);
		unconnected.send(new byte[1]);
		unconnected.sendTo(N2, new byte[1]);
		unconnected.disconnect();
		Peer alone = connect(N1);
		alone.send("into the void");
		alone.sendTo(N2, "not there");
		alone.transport.disconnect();
		alone.send("gone");
		assertThat(alone.heard.frames()).isEmpty();
	}

	@Test
	void leaveIsSeenAtOnceAlsoThatOfTheCoordinator() {
		Peer first = connect(N1);
		Peer second = connect(N2);
		Peer third = connect(N3);
		seesAll(first, second, third);
		first.transport.disconnect();
		await().untilAsserted(() -> {
			assertThat(second.heard.nodes()).containsExactly(N2, N3);
			assertThat(third.heard.nodes()).containsExactly(N2, N3);
		});
		third.transport.disconnect();
		await().untilAsserted(() -> assertThat(second.heard.nodes()).containsExactly(N2));
		assertThat(second.heard.views().get(second.heard.views().size() - 1).coordinator()).isEqualTo(N2);
	}

	@Test
	void nodeThatLeftMayComeBack() {
		Peer first = connect(N1);
		Peer second = connect(N2);
		second.transport.disconnect();
		await().untilAsserted(() -> assertThat(first.heard.nodes()).containsExactly(N1));
		second.connect();
		await().untilAsserted(() -> assertThat(first.heard.nodes()).containsExactly(N1, N2));
		first.send("welcome");
		await().untilAsserted(() -> assertThat(second.heard.frames()).containsExactly("n1:welcome"));
	}

	@Test
	void secondLiveNodeWithANameIsRefusedAndDisturbsNobody() {
		Peer first = connect(N1);
		Peer second = connect(N2);
		seesAll(first, second);
		int views = first.heard.views().size();
		for (Node taken : List.of(N1, N2)) {
			assertThatExceptionOfType(NodeNameTakenException.class).isThrownBy(() -> connect(taken))
				.withMessageContaining(taken.toString())
				.satisfies((ex) -> assertThat(ex.node()).isEqualTo(taken));
		}
		first.send("still there");
		second.sendTo(N1, "me too");
		await().untilAsserted(() -> {
			assertThat(second.heard.frames()).containsExactly("n1:still there");
			assertThat(first.heard.frames()).containsExactly("n2:me too");
		});
		connect(N3);
		await().untilAsserted(() -> assertThat(first.heard.nodes()).containsExactly(N1, N2, N3));
		assertThat(first.heard.views()).hasSize(views + 1);
	}

	@Test
	void nodeThatComesBackAndFindsItsNameTakenIsEvictedAndNobodyElseNotices() {
		Peer first = connect(N1);
		Peer old = connect(N2);
		Peer third = connect(N3);
		seesAll(first, old, third);
		Peer present = replace(old, first, third);
		assertThat(present.heard.nodes()).containsExactlyInAnyOrder(N1, N2, N3);
		int views = first.heard.views().size();
		heal();
		// until it learns of the eviction it believes that it is a member
		await().atMost(PATIENCE).until(() -> {
			old.send("not yet told");
			return old.heard.evictions() == 1;
		});
		assertThat(old.heard.nodes()).containsExactly(N2);
		old.send("from the grave");
		old.sendTo(N1, "and again");
		present.send("alive");
		first.sendTo(N2, "to the living");
		await().untilAsserted(() -> {
			assertThat(first.heard.frames()).containsExactly("n2:alive");
			assertThat(third.heard.frames()).containsExactly("n2:alive");
			assertThat(present.heard.frames()).containsExactly("n1:to the living");
		});
		assertThat(old.heard.frames()).isEmpty();
		assertThat(first.heard.views()).hasSize(views);
		assertThat(present.heard.evictions()).isZero();
	}

	@Test
	void evictedNodeComesBackWhenItsNameIsFreeAgainAndNotBefore() {
		Peer first = connect(N1);
		Peer old = connect(N2);
		seesAll(first, old);
		Peer third = connect(N3);
		Peer present = replace(old, first, third);
		heal();
		await().atMost(PATIENCE).until(() -> old.heard.evictions() == 1);
		assertThatExceptionOfType(NodeNameTakenException.class).isThrownBy(old::connect);
		present.transport.disconnect();
		await().untilAsserted(() -> assertThat(first.heard.nodes()).containsExactlyInAnyOrder(N1, N3));
		old.connect();
		await().untilAsserted(() -> assertThat(first.heard.nodes()).containsExactlyInAnyOrder(N1, N2, N3));
		old.send("back");
		await().untilAsserted(() -> assertThat(first.heard.frames()).containsExactly("n2:back"));
	}

	@Test
	void ofTwoThatStartAtOnceWithOneNameOneIsIn() {
		Peer first = connect(N1);
		oneOfTwoIsIn();
		await().untilAsserted(() -> assertThat(first.heard.nodes()).containsExactly(N1, N2));
		assertThat(first.heard.views()).extracting((view) -> view.nodes().size()).containsExactly(1, 2);
	}

	@Test
	void ofTwoThatStartAtOnceAloneWithOneNameOneIsIn() {
		oneOfTwoIsIn();
	}

	private void oneOfTwoIsIn() {
		List<Peer> twins = List.of(new Peer(transport(N2)), new Peer(transport(N2)));
		twins.forEach((twin) -> this.connected.add(twin.transport));
		List<CompletableFuture<Void>> starts = twins.stream()
			.map((twin) -> CompletableFuture.runAsync(twin::connect))
			.toList();
		await().atMost(PATIENCE).until(() -> starts.stream().allMatch(CompletableFuture::isDone));
		await().atMost(PATIENCE)
			.until(() -> IntStream.range(0, 2)
				.filter((twin) -> !starts.get(twin).isCompletedExceptionally()
						&& twins.get(twin).heard.evictions() == 0)
				.count() == 1);
	}

	private Peer replace(Peer old, Peer... others) {
		cutOff(old.transport);
		await().atMost(PATIENCE)
			.until(() -> Stream.of(others).allMatch((other) -> other.heard.nodes().size() == others.length));
		Peer present = connect(N2);
		await().until(() -> Stream.of(others).allMatch((other) -> other.heard.nodes().size() == others.length + 1));
		return present;
	}

	protected final Peer connect(Node node) {
		Peer peer = new Peer(transport(node));
		this.connected.add(peer.transport);
		peer.connect();
		return peer;
	}

	protected final void onDisconnect(ClusterTransport transport) {
		this.connected.add(transport);
	}

	protected static void seesAll(Peer... peers) {
		for (Peer peer : peers) {
			await().until(() -> peer.heard.nodes().size() == peers.length);
		}
	}

	/**
	 * A node of the test.
	 */
	protected static final class Peer {

		/** Its transport. */
		public final ClusterTransport transport;

		/** The views and frames it receives. */
		public final RecordingListener heard = new RecordingListener();

		public Peer(ClusterTransport transport) {
			this.transport = transport;
		}

		public void connect() {
			this.transport.connect(this.heard);
		}

		public void send(String text) {
			this.transport.send(text.getBytes(StandardCharsets.UTF_8));
		}

		public void sendTo(Node node, String text) {
			this.transport.sendTo(node, text.getBytes(StandardCharsets.UTF_8));
		}

	}

}
