package io.clusterspring.channel.websocket;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.socket.SocketRefusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the maximum number of clients, against a real server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SocketRoomTestCases {

	private static final int MOST = 200;

	private final Class<?> configuration;

	private ConfigurableApplicationContext context;

	private ChannelServer server;

	private int port;

	SocketRoomTestCases(Class<?> configuration) {
		this.configuration = configuration;
	}

	abstract int clusterPort();

	@BeforeAll
	void start() {
		this.context = new SpringApplication(ChannelEndpointTestCases.Application.class, this.configuration).run(
				"--server.port=0", "--cluster.port=" + clusterPort(), "--cluster.name=" + getClass().getSimpleName(),
				"--cluster.channels.max-sockets=" + MOST);
		this.server = this.context.getBean(ChannelServer.class);
		this.port = ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@Test
	void clientsBeyondTheMaximumAreRefusedUntilOneLeavesAndHealthChecksWork() throws Exception {
		List<RawClient> clients = new ArrayList<>();
		long refused = this.server.statistics().refusedSockets(SocketRefusal.FULL);
		try {
			for (int i = 0; i < MOST; i++) {
				clients.add(accepted());
			}
			// the answer to a handshake may be sent before the socket is counted
			await().atMost(Duration.ofSeconds(20)).until(() -> this.server.statistics().sockets() == MOST);
			for (int i = 0; i < 3; i++) {
				try (RawClient client = connect()) {
					assertThat(client.response).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 1");
					assertThat(client.isAtEnd()).as("the connection is not kept").isTrue();
				}
			}
			assertThat(this.server.statistics().refusedSockets(SocketRefusal.FULL) - refused).isEqualTo(3);
			assertThat(this.server.limits().count(ChannelLimit.MAX_SOCKETS)).isEqualTo(3);
			assertThat(health()).isEqualTo(200);
			clients.remove(0).close();
			await().atMost(Duration.ofSeconds(20)).until(() -> {
				RawClient client = connect();
				clients.add(client);
				return client.response.startsWith("HTTP/1.1 101");
			});
			clients.get(1).text("[null,\"1\",\"phoenix\",\"heartbeat\",{}]");
			assertThat(clients.get(1).next()).contains("phx_reply");
		}
		finally {
			for (RawClient client : clients) {
				client.close();
			}
		}
		await().atMost(Duration.ofSeconds(20)).until(() -> this.server.statistics().sockets() == 0);
		assertAllPlacesAreFree();
	}

	private void assertAllPlacesAreFree() throws Exception {
		List<RawClient> clients = new ArrayList<>();
		try {
			for (int i = 0; i < MOST; i++) {
				await().pollDelay(Duration.ZERO).atMost(Duration.ofSeconds(20)).until(() -> {
					RawClient client = connect();
					clients.add(client);
					return client.response.startsWith("HTTP/1.1 101");
				});
			}
		}
		finally {
			for (RawClient client : clients) {
				client.close();
			}
		}
	}

	private RawClient accepted() throws IOException {
		RawClient client = connect();
		assertThat(client.response).startsWith("HTTP/1.1 101");
		return client;
	}

	private RawClient connect() throws IOException {
		return new RawClient(this.port, "/socket/websocket?vsn=2.0.0", 0);
	}

	private int health() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/actuator/health"))
			.timeout(Duration.ofSeconds(10))
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
	}

}
