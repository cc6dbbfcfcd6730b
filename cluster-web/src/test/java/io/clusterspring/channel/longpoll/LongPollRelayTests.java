package io.clusterspring.channel.longpoll;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.PayloadLimit;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameWriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for sessions that are polled through another node.
 */
class LongPollRelayTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final String HEARTBEAT = "[null,\"1\",\"phoenix\",\"heartbeat\",{}]";

	@AutoClose
	private final LocalNetwork network = new LocalNetwork("relay");

	@AutoClose("shutdownNow")
	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private PollNode n1;

	private PollNode n2;

	private LongPollToken token;

	@BeforeEach
	void start() {
		LongPollSettings settings = PollNode.settings(10, 100_000, Duration.ofMinutes(1), Duration.ofMinutes(1));
		this.n1 = new PollNode(this.network, N1, settings, this.executor);
		this.n2 = new PollNode(this.network, N2, settings, this.executor);
		await().until(() -> this.n1.view().nodes().size() == 2 && this.n2.view().nodes().size() == 2);
		this.token = this.n1.open();
	}

	@Test
	void requestsReachTheSessionFromEitherNode() throws Exception {
		assertThat(this.n2.send(this.token, HEARTBEAT)).isEqualTo(200);
		assertThat(this.n1.pollNow(this.token).messages()).singleElement().asString().contains("phx_reply");
		CompletableFuture<PollAnswer> waiting = this.n2.poll(this.token);
		assertThat(this.n1.send(this.token, HEARTBEAT.replace("{}", "{\"é\":\"🎈\"}"))).isEqualTo(200);
		assertThat(waiting.get().status()).isEqualTo(200);
		assertThat(this.n2.send(this.token, "[]")).isEqualTo(408);
		assertThat(this.n2.send(this.token, HEARTBEAT)).isEqualTo(410);
		assertThat(this.n2.pollNow(this.token).status()).isEqualTo(410);
	}

	@Test
	void requestThatIsTooLargeForOtherNodesIsRefusedAndItsSessionStaysOpen() throws Exception {
		assertThat(this.n2.send(this.token, "x".repeat((int) (PayloadLimit.DEFAULT + PayloadLimit.AROUND))))
			.isEqualTo(413);
		assertThat(this.n2.send(this.token, HEARTBEAT)).isEqualTo(200);
	}

	@Test
	void releasedRequestGetsNothingAndLosesNothing() throws Exception {
		CompletableFuture<PollAnswer> here = this.n1.poll(this.token);
		this.n1.relay.release(this.token);
		assertThat(here.get().status()).isEqualTo(204);
		CompletableFuture<PollAnswer> there = this.n2.poll(this.token);
		this.n2.relay.release(this.token);
		assertThat(there.get().status()).isEqualTo(204);
		assertThat(this.n1.send(this.token, HEARTBEAT)).isEqualTo(200);
		assertThat(this.n2.pollNow(this.token).messages()).hasSize(1);
	}

	@Test
	void sessionsOfADeadNodeAreGone() throws Exception {
		CompletableFuture<PollAnswer> waiting = this.n2.poll(this.token);
		this.n2.tick();
		assertThat(waiting).isNotDone();
		this.network.kill(N1);
		await().until(() -> this.n2.view().nodes().size() == 1);
		this.n2.tick();
		assertThat(waiting.get().status()).isEqualTo(410);
		assertThat(this.n2.pollNow(this.token).status()).isEqualTo(410);
		assertThat(this.n2.send(this.token, HEARTBEAT)).isEqualTo(410);
	}

	@Test
	void sessionOfANodeThatAnswersLateIsNotGone() throws Exception {
		Node third = Node.of("n3@127.0.0.1");
		PollNode asking = new PollNode(this.network, third,
				PollNode.settings(10, 100_000, Duration.ofMillis(100), Duration.ofMinutes(1)), this.executor);
		await().until(() -> asking.view().nodes().size() == 3);
		this.n1.stall();
		CompletableFuture<PollAnswer> waiting = asking.poll(this.token);
		await().atMost(Duration.ofMinutes(1)).until(() -> {
			asking.tick();
			return waiting.isDone();
		});
		assertThat(waiting.get().status()).isEqualTo(204);
		this.n1.goOn();
		assertThat(this.n1.send(this.token, HEARTBEAT)).isEqualTo(200);
		assertThat(asking.pollNow(this.token).messages()).singleElement().asString().contains("phx_reply");
	}

	@Test
	void partitionedNodesDoNotWaitForEachOther() throws Exception {
		CompletableFuture<PollAnswer> waiting = this.n2.poll(this.token);
		this.network.partition(Set.of(N1), Set.of(N2));
		await().until(() -> this.n2.view().nodes().size() == 1);
		this.n2.tick();
		assertThat(waiting.get().status()).isEqualTo(410);
		this.network.heal();
		await().until(() -> this.n2.view().nodes().size() == 2);
		assertThat(this.n2.send(this.token, HEARTBEAT)).isEqualTo(200);
	}

	@Test
	void forgedTokensFindNothing() throws Exception {
		for (Node node : List.of(N1, N2, Node.of("n3@127.0.0.1"))) {
			LongPollToken forged = new LongPollToken(node, "x".repeat(32), 0);
			assertThat(this.n2.pollNow(forged).status()).isEqualTo(410);
			assertThat(this.n2.send(forged, HEARTBEAT)).isEqualTo(410);
			this.n2.relay.release(forged);
		}
	}

	@Test
	void unknownFrameIsSkippedAndCounted() throws Exception {
		this.n2.wire.frameReceived(N1, ByteBuffer.wrap(new FrameWriter(FrameKind.LONG_POLL).octet(9).frame()));
		await().until(() -> this.n2.wire.unknownVersions() == 1);
		assertThat(this.n2.send(this.token, HEARTBEAT)).isEqualTo(200);
		assertThat(this.n1.pollNow(this.token).messages()).hasSize(1);
	}

	@Test
	void broadcastOnATopicNeverReachesTheRelay() throws Exception {
		byte[] frame = RelayFrame.send(1, this.token.session(), new PollBody(HEARTBEAT.getBytes(), false)).encode();
		this.n2.pubSub.broadcast("cluster:transport", frame);
		this.n2.pubSub.broadcast("long-poll", new Broadcast("event", frame));
		assertThat(this.n2.send(this.token, HEARTBEAT)).isEqualTo(200);
		assertThat(this.n1.pollNow(this.token).messages()).hasSize(1);
	}

}
