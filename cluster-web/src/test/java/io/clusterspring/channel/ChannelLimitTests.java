package io.clusterspring.channel;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.util.ReflectionTestUtils;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.limit.ClientLimits;
import io.clusterspring.channel.limit.PendingMessages;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.ChannelSettings;
import io.clusterspring.channel.socket.SocketAdmission;
import io.clusterspring.channel.socket.SocketRefusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for limits: a client that exceeds a limit gets an error or is closed, is counted,
 * and does not affect other clients.
 */
class ChannelLimitTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private final ChannelNodes nodes = new ChannelNodes();

	private final CountDownLatch holding = new CountDownLatch(1);

	private final CountDownLatch held = new CountDownLatch(1);

	private final AtomicLong clock = new AtomicLong(System.nanoTime() + 10_000_000_000L);

	private Client other;

	@AfterEach
	void stop() {
		this.holding.countDown();
		this.nodes.close();
	}

	@Test
	void oneChannelTooManyIsRefusedWithThePhoenixReason() {
		start(ChannelNodes.settings(10, 2, 1000, 0, 0, 0));
		Client client = this.nodes.connect(N1, null);
		client.joined("room:a");
		client.joined("room:b");
		client.join("room:c");
		client.getsReply("room:c", "1", "error", "{\"reason\":\"too many channels joined\"}");
		client.joined("room:a");
		client.gets("1", "1", "room:a", "phx_close", "{}");
		client.send("room:b", "2", "phx_leave", "{}");
		client.getsReply("room:b", "2", "ok", "{}");
		client.gets("1", "1", "room:b", "phx_close", "{}");
		client.join("nowhere");
		client.gets(null, "1", "nowhere", "phx_reply",
				"{\"status\":\"error\",\"response\":{\"reason\":\"unmatched topic\"}}");
		client.joined("room:c");
		assertThat(count(ChannelLimit.MAX_CHANNELS)).isEqualTo(1);
		theOtherOneIsServed();
	}

	@Test
	void largePayloadOfAJoinIsRefused() {
		start(ChannelNodes.settings(10, 10, 21, 0, 0, 0));
		Client client = this.nodes.connect(N1, null);
		client.join("room:a", "{\"a\":\"01234567890123\"}");
		client.getsReply("room:a", "1", "error", "{\"reason\":\"join payload too large\"}");
		assertThat(ChannelLeaks.channels(client.session())).isEmpty();
		client.join("room:a", "{\"a\":\"0123456789012\"}");
		client.getsReply("room:a", "1", "ok", "{}");
		client.send("room:a", "2", "echo", "{\"a\":\"01234567890123\"}");
		client.getsReply("room:a", "2", "ok", "{\"a\":\"01234567890123\"}");
		assertThat(count(ChannelLimit.MAX_JOIN_SIZE)).isEqualTo(1);
		theOtherOneIsServed();
	}

	@Test
	void messagesBeyondTheRateAreRefusedAndAsManyAgainCloseTheSocket() throws Exception {
		start(ChannelNodes.settings(100, 10, 1000, 0, 5, 0));
		Client client = this.nodes.connect(N1, null);
		client.joined("room:a");
		for (int i = 0; i < 30; i++) {
			client.send("room:a", "m" + i, "echo", "{}");
		}
		assertThat(client.connection().closeCode()).isEqualTo(1008);
		String all = client.connection().all();
		assertThat(all).contains("[\"1\",\"m8\"").doesNotContain("\"m9\"");
		assertThat(all.split("rate_limited", -1)).hasSize(1 + 5);
		assertThat(count(ChannelLimit.MESSAGES_PER_SECOND)).isEqualTo(6);
		theOtherOneIsServed();
	}

	@Test
	void heartbeatsAndLeavesAreNotRefused() {
		start(ChannelNodes.settings(100, 10, 1000, 0, 3, 0));
		Client client = this.nodes.connect(N1, null);
		client.joined("room:a");
		client.send("room:a", "2", "quiet", "{}");
		client.send("room:a", "3", "quiet", "{}");
		client.join("room:b");
		client.getsReply("room:b", "1", "error", "{\"reason\":\"rate_limited\"}");
		client.send("[null,\"7\",\"phoenix\",\"heartbeat\",{}]");
		client.gets(null, "7", "phoenix", "phx_reply", Client.OK);
		client.send("room:a", "8", "phx_leave", "{}");
		client.getsReply("room:a", "8", "ok", "{}");
		client.gets("1", "1", "room:a", "phx_close", "{}");
	}

	@Test
	void messagesToOneChannelHaveARateOfTheirOwn() {
		start(ChannelNodes.settings(100, 10, 1000, 0, 0, 2));
		Client client = this.nodes.connect(N1, null);
		client.joined("room:a");
		client.joined("room:b");
		client.send("room:a", "2", "quiet", "{}");
		client.send("room:a", "3", "quiet", "{}");
		client.send("room:a", "4", "quiet", "{}");
		client.getsReply("room:a", "4", "error", "{\"reason\":\"rate_limited\"}");
		client.send("room:b", "5", "echo", "{}");
		client.getsReply("room:b", "5", "ok", "{}");
		assertThat(count(ChannelLimit.CHANNEL_MESSAGES_PER_SECOND)).isEqualTo(1);
		theOtherOneIsServed();
	}

	@Test
	void messagesForAFullMailboxAreCounted() throws InterruptedException {
		start(ChannelNodes.settings(2, 10, 1000, 0, 0, 0));
		Client client = this.nodes.connect(N1, null);
		client.joined("room:a");
		client.send("room:a", "2", "hold", "{}");
		assertThat(this.held.await(10, TimeUnit.SECONDS)).as("the join no longer counts").isTrue();
		for (int i = 3; i < 6; i++) {
			client.send("room:a", "" + i, "quiet", "{}");
		}
		client.getsReply("room:a", "4", "error", "{\"reason\":\"overloaded\"}");
		client.getsReply("room:a", "5", "error", "{\"reason\":\"overloaded\"}");
		assertThat(count(ChannelLimit.MAILBOX_CAPACITY)).isEqualTo(2);
		theOtherOneIsServed();
	}

	@Test
	void namesThatAreTooLongForABinaryMessageAreRefused() {
		start(ChannelNodes.settings(10, 10, 1000, 0, 0, 0));
		Client client = this.nodes.connect(N1, null);
		String most = "room:" + "é".repeat(125);
		client.joined(most);
		client.send(most, "€".repeat(85), "echo", "{}");
		client.getsReply(most, "€".repeat(85), "ok", "{}");
		String longer = "x".repeat(256);
		client.join("room:" + longer);
		client.getsReply("room:" + longer, "1", "error", "{\"reason\":\"topic too long\"}");
		client.send(most, "2", longer, "{}");
		client.getsReply(most, "2", "error", "{\"reason\":\"event too long\"}");
		client.send(most, longer, "echo", "{}");
		client.getsReply(most, longer, "error", "{\"reason\":\"ref too long\"}");
		client.send("[\"%s\",\"1\",\"room:a\",\"phx_join\",{}]".formatted("€".repeat(86)));
		client.gets("€".repeat(86), "1", "room:a", "phx_reply",
				"{\"status\":\"error\",\"response\":{\"reason\":\"ref too long\"}}");
		for (String ref : List.of("[" + "1,".repeat(200) + "1]", "{\"a\":\"" + longer + "\"}", "1".repeat(300))) {
			client.send("[null," + ref + ",\"phoenix\",\"heartbeat\",{}]");
			assertThat(client.next()).contains("ref too long").startsWith("[null," + ref);
		}
		client.send(most, "3", "echo", "{}");
		client.getsReply(most, "3", "ok", "{}");
		assertThat(ChannelLeaks.channels(client.session())).hasSize(1);
		assertThat(count(ChannelLimit.NAME_SIZE)).isEqualTo(7);
		theOtherOneIsServed();
	}

	@Test
	void largeMessagesThatWaitAreBoundedInBytesForTheWholeSocket() throws InterruptedException {
		start(new ChannelSettings(Set.of("/socket"), 1000, new ClientLimits(10, 300_000, 1_000_000, 0, 0, 0)));
		Client client = this.nodes.connect(N1, null);
		client.joined("room:a");
		client.joined("room:b");
		client.send("room:a", "2", "hold", "{}");
		assertThat(this.held.await(10, TimeUnit.SECONDS)).isTrue();
		String large = "{\"a\":\"" + "x".repeat(200_000) + "\"}";
		for (int i = 0; i < 500; i++) {
			client.send("room:a", "m" + i, "echo", large);
		}
		for (int i = 4; i < 500; i++) {
			client.getsReply("room:a", "m" + i, "error", "{\"reason\":\"overloaded\"}");
		}
		client.send("room:b", "3", "echo", large);
		client.getsReply("room:b", "3", "error", "{\"reason\":\"overloaded\"}");
		client.join("room:c", large);
		client.getsReply("room:c", "1", "error", "{\"reason\":\"overloaded\"}");
		assertThat(count(ChannelLimit.MAX_PENDING_SIZE)).isEqualTo(498);
		assertThat(count(ChannelLimit.MAILBOX_CAPACITY)).isZero();
		this.holding.countDown();
		for (int i = 0; i < 4; i++) {
			client.getsReply("room:a", "m" + i, "ok", large);
		}
		client.send("room:b", "4", "echo", large);
		client.getsReply("room:b", "4", "ok", large);
		theOtherOneIsServed();
	}

	@Test
	void oneMessageThatIsLargerThanWhatMayWaitIsTakenWhenNothingWaits() throws InterruptedException {
		start(new ChannelSettings(Set.of("/socket"), 1000, new ClientLimits(10, 1000, 2000, 0, 0, 0)));
		Client client = this.nodes.connect(N1, null);
		client.joined("room:a");
		String large = "{\"a\":\"" + "x".repeat(20_000) + "\"}";
		for (int i = 0; i < 100; i++) {
			await().until(() -> pending(client) == 0);
			client.send("room:a", "m" + i, "echo", large);
			client.getsReply("room:a", "m" + i, "ok", large);
		}
	}

	private static long pending(Client client) {
		return ((PendingMessages) ReflectionTestUtils.getField(client.session(), "pending")).size();
	}

	@Test
	void handshakesBeyondTheRateAreToldWhenToComeBack() {
		start(ChannelNodes.settings(10, 10, 1000, 2, 0, 0));
		SocketRequest request = ChannelNodes.request(Map.of("vsn", "2.0.0"), null);
		assertThat(connect(request)).isInstanceOf(AcceptedSocket.class);
		Client client = this.nodes.open(N1, request);
		assertThat(connect(request)).isEqualTo(SocketRefusal.RATE);
		assertThat(count(ChannelLimit.HANDSHAKES_PER_SECOND)).isEqualTo(1);
		client.joined("room:a");
	}

	private SocketAdmission connect(SocketRequest request) {
		return this.nodes.server(N1).connect(request);
	}

	private void start(ChannelSettings settings) {
		this.nodes.start(N1, settings, List.of(new Room()));
		ReflectionTestUtils.setField(this.nodes.server(N1), "clock", (LongSupplier) this.clock::get);
		if (settings.limits().handshakesPerSecond() == 0) {
			this.other = this.nodes.connect(N1, null);
			this.other.joined("room:a");
		}
	}

	private void theOtherOneIsServed() {
		this.clock.addAndGet(10_000_000_000L);
		this.other.send("room:a", "9", "quiet", "{}");
		this.other.send("[null,\"10\",\"phoenix\",\"heartbeat\",{}]");
		this.other.gets(null, "10", "phoenix", "phx_reply", Client.OK);
		// its mailbox may have a small capacity
		await().until(() -> pending(this.other) == 0);
		this.other.send("room:a", "11", "phx_leave", "{}");
		this.other.getsReply("room:a", "11", "ok", "{}");
		this.other.gets("1", "1", "room:a", "phx_close", "{}");
	}

	private long count(ChannelLimit limit) {
		return this.nodes.server(N1).limits().count(limit);
	}

	@ChannelController("room:{room}")
	class Room {

		@OnEvent("echo")
		ChannelPayload echo(ChannelPayload payload) {
			return payload;
		}

		@OnEvent("quiet")
		void quiet() {
		}

		@OnEvent("hold")
		void hold() throws InterruptedException {
			ChannelLimitTests.this.held.countDown();
			ChannelLimitTests.this.holding.await();
		}

	}

}
