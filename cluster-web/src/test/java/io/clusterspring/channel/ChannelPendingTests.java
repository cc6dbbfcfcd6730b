package io.clusterspring.channel;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.util.ReflectionTestUtils;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.limit.ClientLimits;
import io.clusterspring.channel.limit.PendingMessages;
import io.clusterspring.channel.socket.ChannelSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the limit of bytes that wait for blocked handlers, including messages of
 * closed sockets and intercepted broadcasts.
 */
class ChannelPendingTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final int MOST = 2_000_000;

	private final ChannelNodes nodes = new ChannelNodes();

	private final CountDownLatch joining = new CountDownLatch(1);

	private final AtomicInteger begun = new AtomicInteger();

	private final Semaphore holding = new Semaphore(0);

	private final List<String> seen = new CopyOnWriteArrayList<>();

	@BeforeEach
	void start() {
		this.nodes.start(N1, new ChannelSettings(Set.of("/socket"), 1000, new ClientLimits(10, 10_000, MOST, 0, 0, 0)),
				List.of(new Room(), new Slow()));
	}

	@AfterEach
	void stop() {
		this.joining.countDown();
		this.holding.release(1000);
		this.nodes.close();
	}

	@Test
	void socketsThatSendAndCloseInALoopLeaveNoMoreThanTheBound() {
		List<Client> clients = new ArrayList<>();
		List<WeakReference<byte[]>> sent = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			Client client = this.nodes.connect(N1, null);
			clients.add(client);
			client.join("slow:" + i);
			int began = Math.min(i + 1, ChannelNodes.HANDLER_THREADS);
			await().until(() -> this.begun.get() == began);
			sent.add(large(client, "slow:" + i, "a"));
			sent.add(large(client, "slow:" + i, "b"));
			client.close();
		}
		long bound = (long) PendingMessages.Abandoned.SOCKETS * MOST;
		assertThat(clients.stream().mapToLong(ChannelPendingTests::pending).sum()).isPositive()
			.isLessThanOrEqualTo(bound)
			.isEqualTo(abandoned().size());
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			System.gc();
			assertThat(sent.stream().filter((bytes) -> bytes.get() != null).count()).isLessThan(bound / 950_000 + 5);
		});
		assertThat(count(ChannelLimit.MAX_PENDING_SIZE)).isBetween(80L, 90L);
		this.joining.countDown();
		await().until(() -> abandoned().size() == 0 && clients.stream().allMatch(ChannelPendingTests::isEmpty));
		assertThat(this.seen.stream().filter((what) -> what.endsWith("joined")))
			.as("the other sockets closed before their joins were handled")
			.hasSize(ChannelNodes.HANDLER_THREADS);
		for (int i = 0; i < 100; i++) {
			String topic = "slow:" + i + " ";
			List<String> its = this.seen.stream().filter((what) -> what.startsWith(topic)).toList();
			assertThat(its).isIn(List.of(), List.of(topic + "joined", topic + "a", topic + "b", topic + "left"));
		}
		assertThat(this.seen).contains("slow:0 a", "slow:0 b");
	}

	@Test
	void messagesBeforeAnOrdinaryCloseAreHandledInOrder() {
		Client client = held();
		large(client, "room:1", "a");
		large(client, "room:1", "b");
		client.close();
		this.holding.release();
		await().until(() -> this.seen.contains("room:1 left"));
		assertThat(this.seen).containsExactly("room:1 joined", "room:1 held", "room:1 a", "room:1 b", "room:1 left");
		assertThat(abandoned().size()).isZero();
		assertThat(count(ChannelLimit.MAX_PENDING_SIZE)).isZero();
	}

	@Test
	void channelEndsEvenIfItsMessagesAreDiscarded() {
		Client client = held();
		large(client, "room:1", "a");
		client.join("room:1");
		large(client, "room:1", "b");
		abandoned().add((long) PendingMessages.Abandoned.SOCKETS * MOST);
		client.close();
		assertThat(count(ChannelLimit.MAX_PENDING_SIZE)).isEqualTo(1);
		this.holding.release();
		await().until(() -> this.seen.contains("room:1 left") && isEmpty(client));
		assertThat(this.seen).containsExactly("room:1 joined", "room:1 held", "room:1 left");
		assertThat(ChannelLeaks.topics(this.nodes.server(N1))).isEmpty();
		assertThat(pending(client)).isZero();
	}

	@Test
	void interceptedBroadcastsAreLimitedInBytesAndTheChannelStaysOpen() {
		Client client = held();
		for (int i = 0; i < 100; i++) {
			this.nodes.server(N1).broadcast("room:1", "see", Map.of("text", "x".repeat(900_000)));
		}
		await().until(() -> count(ChannelLimit.MAX_PENDING_SIZE) == 98);
		assertThat(pending(client)).isLessThanOrEqualTo(MOST);
		this.holding.release();
		assertGoesOn(client, "room:1 see", 2);
	}

	@Test
	void plainPayloadsAreLimitedInBytesAndTheChannelStaysOpen() {
		Client client = held();
		for (int i = 0; i < 100; i++) {
			this.nodes.pubSub(N1).broadcast("room:1", "x".repeat(900_000));
		}
		await().until(() -> count(ChannelLimit.MAX_PENDING_SIZE) == 98);
		this.holding.release();
		assertGoesOn(client, "room:1 plain", 2);
	}

	private void assertGoesOn(Client client, String what, int times) {
		await().until(() -> pending(client) == 0);
		assertThat(this.seen.stream().filter(what::equals)).hasSize(times);
		this.nodes.server(N1).broadcast("room:1", "see", Map.of());
		this.nodes.pubSub(N1).broadcast("room:1", "plain");
		await().until(() -> this.seen.size() == 2 + times + 2);
		client.send("room:1", "9", "phx_leave", "{}");
		client.getsReply("room:1", "9", "ok", "{}");
		assertThat(count(ChannelLimit.MAILBOX_CAPACITY)).isZero();
	}

	private Client held() {
		Client client = this.nodes.connect(N1, null);
		client.joined("room:1");
		client.send("room:1", "2", "hold", "{}");
		await().until(this.holding::hasQueuedThreads);
		return client;
	}

	private static WeakReference<byte[]> large(Client client, String topic, String event) {
		byte[] bytes = "[\"1\",\"5\",\"%s\",\"%s\",{\"a\":\"%s\"}]".formatted(topic, event, "x".repeat(950_000))
			.getBytes(StandardCharsets.UTF_8);
		client.session().received(ByteBuffer.wrap(bytes));
		return new WeakReference<>(bytes);
	}

	private static long pending(Client client) {
		return ((PendingMessages) ReflectionTestUtils.getField(client.session(), "pending")).size();
	}

	private static boolean isEmpty(Client client) {
		return ChannelLeaks.channels(client.session()).isEmpty();
	}

	private PendingMessages.Abandoned abandoned() {
		return ChannelLeaks.abandoned(this.nodes.server(N1));
	}

	private long count(ChannelLimit limit) {
		return this.nodes.server(N1).limits().count(limit);
	}

	@ChannelController("room:{room}")
	class Room {

		@OnJoin
		void join(Channel channel) throws InterruptedException {
			see(channel, "joined");
		}

		@OnEvent("hold")
		void hold(Channel channel) throws InterruptedException {
			ChannelPendingTests.this.holding.acquire();
			see(channel, "held");
		}

		@OnEvent("a")
		void a(Channel channel) {
			see(channel, "a");
		}

		@OnEvent("b")
		void b(Channel channel) {
			see(channel, "b");
		}

		@OnBroadcast("see")
		void broadcast(Channel channel) {
			see(channel, "see");
		}

		@OnMessage
		void message(Channel channel, String text) {
			see(channel, "plain");
		}

		@OnLeave
		void leave(Channel channel) {
			see(channel, "left");
		}

		void see(Channel channel, String what) {
			ChannelPendingTests.this.seen.add(channel.topic() + " " + what);
		}

	}

	@ChannelController("slow:{room}")
	class Slow extends Room {

		@Override
		@OnJoin
		void join(Channel channel) throws InterruptedException {
			ChannelPendingTests.this.begun.incrementAndGet();
			ChannelPendingTests.this.joining.await();
			super.join(channel);
		}

	}

}
