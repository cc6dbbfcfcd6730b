package io.clusterspring.channel.websocket;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import io.clusterspring.channel.Channels;
import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.server.ChannelServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for many clients of a topic, one of which never reads, and broadcasts of 10 KB.
 * The other clients get all broadcasts in time, the slow one is closed, and the heap
 * stays small. The publisher adapts to the speed of the readers, because a burst that is
 * larger than the outbox would close them, too.
 * {@code -Dslow.clients=1000 -Dslow.broadcasts=2000} is the full size; the default is
 * smaller.
 */
class SlowConsumerIntegrationTests {

	private static final Log logger = LogFactory.getLog(SlowConsumerIntegrationTests.class);

	private static final int CLIENTS = Integer.getInteger("slow.clients", 100);

	private static final int BROADCASTS = Integer.getInteger("slow.broadcasts", 500);

	// the maximum lag of the slowest reader: 300 KB, a third of its outbox
	private static final int AHEAD = 30;

	@Test
	void clientThatDoesNotReadIsClosedAndOthersAreNotAffected() throws Exception {
		try (ConfigurableApplicationContext context = start()) {
			int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
			try (ManyClients clients = new ManyClients(port, "room:slow")) {
				run(context, clients);
			}
		}
	}

	private void run(ConfigurableApplicationContext context, ManyClients clients) throws Exception {
		ManyClients.Client stuck = clients.add(4096);
		for (int i = 1; i < CLIENTS; i++) {
			clients.add(0);
		}
		await().atMost(Duration.ofSeconds(60)).until(() -> clients.least((client) -> client.joined ? 1 : 0) == 1);
		clients.setReading(stuck, false);
		long heap = heap();
		long[] nanos = broadcast(context.getBean(Channels.class), clients, stuck);
		ChannelServer server = context.getBean(ChannelServer.class);
		assertThat(server.limits().count(ChannelLimit.OUTBOX_CAPACITY)).isEqualTo(1);
		assertThat(heap() - heap).as("retained bytes").isLessThan(50_000_000);
		assertThat(clients.clients).allSatisfy((client) -> {
			if (client != stuck) {
				assertThat(client.received).as(client.trouble).isEqualTo(BROADCASTS);
				assertThat(client.closeCode).isZero();
			}
		});
		clients.setReading(stuck, true);
		await().atMost(Duration.ofSeconds(30)).until(() -> stuck.closeCode != 0);
		assertThat(stuck.closeCode).isIn(1008, 1006);
		assertThat(stuck.received).isLessThan(BROADCASTS);
		Arrays.sort(nanos);
		logger.info(CLIENTS + " clients, " + BROADCASTS + " broadcasts: to the last reader in "
				+ TimeUnit.NANOSECONDS.toMillis(nanos[BROADCASTS / 2]) + " ms (median), "
				+ TimeUnit.NANOSECONDS.toMillis(nanos[BROADCASTS - 1]) + " ms (most)");
		assertThat(Duration.ofNanos(nanos[BROADCASTS - 1])).isLessThan(Duration.ofSeconds(10));
	}

	/**
	 * Broadcast, and return the time of each broadcast to the last reader.
	 */
	private static long[] broadcast(Channels channels, ManyClients clients, ManyClients.Client stuck) {
		String padding = "x".repeat(10_000);
		long[] nanos = new long[BROADCASTS];
		int done = 0;
		long beat = System.nanoTime();
		for (int sent = 0; done < BROADCASTS;) {
			int least = clients.least((client) -> (client != stuck) ? client.received : BROADCASTS);
			long now = System.nanoTime();
			if (now - beat > TimeUnit.SECONDS.toNanos(10)) {
				clients.beat();
				beat = now;
			}
			for (; done < least; done++) {
				nanos[done] = now - nanos[done];
				assertThat(nanos[done]).isLessThan(TimeUnit.SECONDS.toNanos(60));
			}
			if (sent < BROADCASTS && sent - least < AHEAD) {
				nanos[sent] = System.nanoTime();
				channels.broadcast("room:slow", "tick", new ChannelEndpointTestCases.Tick(sent++, padding));
			}
			else {
				LockSupport.parkNanos(100_000);
				assertThat(sent < BROADCASTS || done == BROADCASTS
						|| now - nanos[BROADCASTS - 1] < TimeUnit.SECONDS.toNanos(60))
					.as("the last broadcast was received")
					.isTrue();
			}
		}
		return nanos;
	}

	private static long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static ConfigurableApplicationContext start() {
		return new SpringApplication(ChannelEndpointTestCases.Application.class,
				TomcatEndpointIntegrationTests.Tomcat.class)
			.run("--server.port=0", "--cluster.port=17470", "--cluster.name=SlowConsumer",
					"--cluster.channels.outbox-timeout=1h");
	}

}
