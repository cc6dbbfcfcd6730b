package io.clusterspring.channel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.limit.HandlerLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Channel#after} and {@link Channel#every}.
 */
class ChannelTimerTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final String TOPIC = "room:1";

	private static final Duration SOON = Duration.ofMillis(10);

	private final ChannelNodes nodes = new ChannelNodes();

	private final Room room = new Room();

	private Client client;

	@BeforeEach
	void start() {
		this.nodes.start(N1,
				ChannelNodes.settings(1000, new HandlerLimits(0, 0, Duration.ofSeconds(10), Duration.ofSeconds(10), 3)),
				List.of(this.room));
		this.client = this.nodes.connect(N1, null);
		this.client.joined(TOPIC);
		this.client.gets("1", null, TOPIC, "welcome", "{}");
	}

	@AfterEach
	void stop() {
		this.room.held.countDown();
		this.nodes.close();
	}

	@Test
	void taskRunsOnceOnTheChannel() {
		this.room.channel.after(SOON, () -> this.room.channel.push("once", Map.of()));
		this.client.gets("1", null, TOPIC, "once", "{}");
		this.client.heartbeat("9");
	}

	@Test
	void taskRunsAgainAndAgainUntilItIsCancelled() {
		AtomicInteger runs = new AtomicInteger();
		ChannelTimer timer = this.room.channel.every(SOON, runs::incrementAndGet);
		await().until(() -> runs.get() >= 3);
		this.room.channel.execute(timer::cancel);
		this.client.send(TOPIC, "2", "ping", "{}");
		this.client.getsReply(TOPIC, "2", "ok", "{}");
		int last = runs.get();
		await().during(Duration.ofMillis(100)).until(() -> runs.get() == last);
	}

	@Test
	void oneRunAtMostWaitsForABusyChannel() throws Exception {
		AtomicInteger runs = new AtomicInteger();
		this.client.send(TOPIC, "2", "hold", "{}");
		this.room.holding.await();
		this.room.channel.every(SOON, () -> {
			runs.incrementAndGet();
			this.room.channel.close();
		});
		await().pollDelay(Duration.ofMillis(100)).until(() -> runs.get() == 0);
		this.room.held.countDown();
		this.client.getsReply(TOPIC, "2", "ok", "{}");
		this.client.gets("1", "1", TOPIC, "phx_close", "{}");
		await().during(Duration.ofMillis(50)).until(() -> runs.get() == 1);
	}

	@Test
	void timersEndWithTheChannel() {
		AtomicInteger runs = new AtomicInteger();
		this.room.channel.every(SOON, runs::incrementAndGet);
		this.room.channel.after(Duration.ofMillis(60), () -> runs.addAndGet(1000));
		this.client.send(TOPIC, "2", "phx_leave", "{}");
		this.client.getsReply(TOPIC, "2", "ok", "{}");
		this.client.gets("1", "1", TOPIC, "phx_close", "{}");
		int last = runs.get();
		this.room.channel.every(SOON, runs::incrementAndGet).cancel();
		await().during(Duration.ofMillis(150)).until(() -> runs.get() == last);
	}

	@Test
	void numberOfTimersIsLimited() {
		Duration long1 = Duration.ofMinutes(1);
		ChannelTimer first = this.room.channel.after(long1, () -> {
		});
		this.room.channel.every(long1, () -> {
		});
		this.room.channel.after(long1, () -> {
		});
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.room.channel.after(long1, () -> {
			}))
			.withMessageContaining("has 3 timers, the maximum (cluster.channels.max-timers)");
		assertThat(this.nodes.server(N1).limits().count(ChannelLimit.MAX_TIMERS)).isEqualTo(1);
		first.cancel();
		first.cancel();
		this.room.channel.after(SOON, () -> this.room.channel.push("fits", Map.of()));
		this.client.gets("1", null, TOPIC, "fits", "{}");
		this.room.channel.after(SOON, () -> this.room.channel.push("again", Map.of()));
		this.client.gets("1", null, TOPIC, "again", "{}");
	}

	@Test
	void taskThatFailsCrashesTheChannel() {
		this.room.channel.every(SOON, () -> {
			throw new IllegalStateException("timer");
		});
		this.client.gets("1", "1", TOPIC, "phx_error", "{\"reason\":\"channel_crash\"}");
	}

	@Test
	void channelThatReplacesAnotherDoesNotHaveItsTimers() {
		AtomicInteger runs = new AtomicInteger();
		this.room.channel.every(SOON, runs::incrementAndGet);
		this.client.join(TOPIC);
		this.client.getsReply(TOPIC, "1", "ok", "{}");
		this.client.gets("1", "1", TOPIC, "phx_close", "{}");
		this.client.gets("1", null, TOPIC, "welcome", "{}");
		int last = runs.get();
		await().during(Duration.ofMillis(100)).until(() -> runs.get() == last);
	}

	@ChannelController("room:{room}")
	static class Room {

		private final CountDownLatch holding = new CountDownLatch(1);

		private final CountDownLatch held = new CountDownLatch(1);

		private volatile Channel channel;

		@OnJoin
		void join(Channel channel) {
			this.channel = channel;
			channel.after(Duration.ZERO, () -> channel.push("welcome", Map.of()));
		}

		@OnEvent("ping")
		Reply ping() {
			return Reply.ok();
		}

		@OnEvent("hold")
		Reply hold() throws InterruptedException {
			this.holding.countDown();
			this.held.await(10, TimeUnit.SECONDS);
			return Reply.ok();
		}

	}

}
