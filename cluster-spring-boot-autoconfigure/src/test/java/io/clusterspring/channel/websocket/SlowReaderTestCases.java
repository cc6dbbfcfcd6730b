package io.clusterspring.channel.websocket;

import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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
 * Tests with more clients that do not read than any pool has threads, and one that reads,
 * for all implementations of connections. The reader gets everything in time. The others
 * are closed although they never read, and none of their data is retained.
 */
abstract class SlowReaderTestCases {

	private static final int STUCK = 200;

	private static final int MOST_BROADCASTS = 2_000;

	private final Class<?> configuration;

	SlowReaderTestCases(Class<?> configuration) {
		this.configuration = configuration;
	}

	abstract int clusterPort();

	List<String> arguments() {
		return List.of();
	}

	Socket socket() throws Exception {
		return new Socket();
	}

	@Test
	void clientsThatDoNotReadAreClosedAndOthersAreNotAffected() throws Exception {
		List<RawClient> stuck = new ArrayList<>();
		try (ConfigurableApplicationContext context = start(); RawClient reader = join(context, 0)) {
			for (int i = 0; i < STUCK; i++) {
				stuck.add(join(context, 4096));
			}
			long heap = heap();
			broadcastUntilAllAreClosed(context, reader);
			ChannelServer server = context.getBean(ChannelServer.class);
			await().atMost(Duration.ofSeconds(60)).until(() -> server.statistics().sockets() == 1);
			reader.text("[\"1\",\"2\",\"room:slow\",\"echo\",{}]");
			assertThat(reader.next()).contains("phx_reply");
			await().atMost(Duration.ofSeconds(60)).until(() -> server.statistics().outboxBytes() == 0);
			await().atMost(Duration.ofSeconds(60)).until(() -> threadsInside().isEmpty());
			await().atMost(Duration.ofSeconds(60)).until(() -> heap() - heap < 30_000_000);
			for (RawClient client : stuck) {
				assertThat(client.closeCode()).isIn(1008, 1006);
			}
		}
		finally {
			for (RawClient client : stuck) {
				client.close();
			}
		}
	}

	private static void broadcastUntilAllAreClosed(ConfigurableApplicationContext context, RawClient reader)
			throws Exception {
		Channels channels = context.getBean(Channels.class);
		ChannelServer server = context.getBean(ChannelServer.class);
		String padding = "x".repeat(10_000);
		int sent = 0;
		while (sent < MOST_BROADCASTS && server.limits().count(ChannelLimit.OUTBOX_CAPACITY) < STUCK) {
			channels.broadcast("room:slow", "tick", new ChannelEndpointTestCases.Tick(sent, padding));
			// a read that takes longer than ten seconds fails
			assertThat(reader.next()).contains("{\"n\":" + sent + ",");
			sent++;
		}
		assertThat(server.limits().count(ChannelLimit.OUTBOX_CAPACITY)).as("closed after %s broadcasts", sent)
			.isEqualTo(STUCK);
	}

	private static List<String> threadsInside() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey() != Thread.currentThread()
					&& Stream.of(entry.getValue()).anyMatch(SlowReaderTestCases::isOfASocket))
			.map((entry) -> entry.getKey().getName() + " " + Arrays.toString(entry.getValue()))
			.toList();
	}

	private static boolean isOfASocket(StackTraceElement element) {
		return element.getClassName().startsWith(SocketOutbox.class.getPackageName())
				&& !element.getClassName().contains("Test");
	}

	private static long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private RawClient join(ConfigurableApplicationContext context, int receiveBuffer) throws Exception {
		int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
		RawClient client = new RawClient(socket(), port, "/socket/websocket?vsn=2.0.0", receiveBuffer);
		client.text("[\"1\",\"1\",\"room:slow\",\"phx_join\",{}]");
		assertThat(client.next()).contains("\"ok\"");
		return client;
	}

	private ConfigurableApplicationContext start() {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--cluster.port=" + clusterPort(),
				"--cluster.name=" + getClass().getSimpleName(), "--cluster.channels.outbox-timeout=1h",
				"--cluster.channels.outbox-capacity=512KB", "--cluster.channels.idle-timeout=1h"));
		arguments.addAll(arguments());
		return new SpringApplication(ChannelEndpointTestCases.Application.class, this.configuration)
			.run(arguments.toArray(String[]::new));
	}

}
