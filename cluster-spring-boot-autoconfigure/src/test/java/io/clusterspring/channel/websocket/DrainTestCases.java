package io.clusterspring.channel.websocket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.clusterspring.NodeDown;
import io.clusterspring.channel.Channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a node that stops while it has clients: first it is no longer ready, then its
 * clients get all messages and are closed, then it leaves the cluster.
 */
abstract class DrainTestCases {

	private static final int CLIENTS = 60;

	private static final int BROADCASTS = 100;

	private final Class<?> configuration;

	DrainTestCases(Class<?> configuration) {
		this.configuration = configuration;
	}

	abstract int clusterPort();

	@Test
	void clientsGetAllMessagesThenAreClosedInBatchesThenTheNodeLeaves() throws Exception {
		try (ConfigurableApplicationContext stays = start("n2");
				ConfigurableApplicationContext leaves = start("n1", "--cluster.sync-nodes-timeout=20s")) {
			List<Long> left = stays.getBean(Watch.class).down;
			List<Long> unready = leaves.getBean(Watch.class).unready;
			int port = ((ServletWebServerApplicationContext) leaves).getWebServer().getPort();
			try (ManyClients clients = new ManyClients(port, "room:drain")) {
				drain(leaves, clients, port);
				await().atMost(Duration.ofSeconds(20)).until(() -> left.size() == 1);
				assertThat(unready).hasSize(1);
				assertThat(clients.clients).allSatisfy((client) -> {
					assertThat(client.received).as(client.trouble).isEqualTo(BROADCASTS);
					assertThat(client.closeCode).isEqualTo(1012);
					assertThat(client.closedAt).isBetween(unready.get(0), left.get(0));
				});
				long[] closed = clients.clients.stream().mapToLong((client) -> client.closedAt).sorted().toArray();
				assertThat(Duration.ofNanos(closed[CLIENTS - 1] - closed[0])).as("six batches of ten, 200 ms apart")
					.isGreaterThan(Duration.ofMillis(600));
			}
		}
	}

	private static void drain(ConfigurableApplicationContext leaves, ManyClients clients, int port) throws Exception {
		for (int i = 0; i < CLIENTS; i++) {
			clients.add(0);
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> clients.least((client) -> client.joined ? 1 : 0) == 1);
		ManyClients.Client late = clients.clients.get(CLIENTS - 1);
		clients.setReading(late, false);
		broadcast(leaves, 0, BROADCASTS - 10);
		await().atMost(Duration.ofSeconds(30))
			.until(() -> clients.least((client) -> (client != late) ? client.received : BROADCASTS) == BROADCASTS - 10);
		broadcast(leaves, BROADCASTS - 10, BROADCASTS);
		CompletableFuture<Void> closing = CompletableFuture.runAsync(leaves::close);
		await().atMost(Duration.ofSeconds(20))
			.until(() -> clients.clients.stream().anyMatch((client) -> client.closeCode != 0));
		try (RawClient refused = new RawClient(port, "/socket/websocket?vsn=2.0.0", 0)) {
			assertThat(refused.response).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 1");
		}
		clients.setReading(late, true);
		await().atMost(Duration.ofSeconds(30)).until(() -> clients.least((client) -> client.closeCode) > 0);
		closing.join();
	}

	private static void broadcast(ConfigurableApplicationContext node, int from, int to) {
		String padding = "x".repeat(9_000);
		for (int i = from; i < to; i++) {
			node.getBean(Channels.class).broadcast("room:drain", "tick", new ChannelEndpointTestCases.Tick(i, padding));
		}
	}

	private ConfigurableApplicationContext start(String name, String... more) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--cluster.port=" + clusterPort(),
				"--cluster.node=" + name + "@127.0.0.1", "--cluster.name=" + getClass().getSimpleName(),
				"--cluster.sync-nodes-optional=n1@127.0.0.1,n2@127.0.0.1", "--cluster.channels.drain.batch-size=10",
				"--cluster.channels.drain.interval=200ms"));
		arguments.addAll(List.of(more));
		return new SpringApplication(ChannelEndpointTestCases.Application.class, this.configuration, Watch.class)
			.run(arguments.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	static class Watch {

		private final List<Long> down = new CopyOnWriteArrayList<>();

		private final List<Long> unready = new CopyOnWriteArrayList<>();

		@EventListener
		void on(NodeDown event) {
			this.down.add(System.nanoTime());
		}

		@EventListener
		void on(AvailabilityChangeEvent<ReadinessState> event) {
			if (event.getState() == ReadinessState.REFUSING_TRAFFIC) {
				this.unready.add(System.nanoTime());
			}
		}

	}

}
