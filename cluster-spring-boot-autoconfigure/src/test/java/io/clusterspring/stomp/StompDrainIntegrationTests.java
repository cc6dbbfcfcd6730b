package io.clusterspring.stomp;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

import io.clusterspring.Cluster;
import io.clusterspring.NodeDown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a node that stops while it has STOMP sessions and another node publishes:
 * first it is no longer ready, then each session gets all earlier messages and is closed,
 * then the node leaves the cluster.
 */
class StompDrainIntegrationTests {

	private static final Log logger = LogFactory.getLog(StompDrainIntegrationTests.class);

	private static final int BEFORE = 200;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final List<DrainedClient> clients = new CopyOnWriteArrayList<>();

	private StompNode leaves;

	private StompNode stays;

	private int published;

	private void start(boolean ordered) {
		this.stays = start("n2@127.0.0.1", ordered);
		this.leaves = start("n1@127.0.0.1", ordered);
		await().atMost(30, TimeUnit.SECONDS).until(() -> this.stays.bean(Cluster.class).view().nodes().size() == 2);
	}

	private static StompNode start(String node, boolean ordered) {
		return StompNode.start(node, null, App.class, "--cluster.name=stomp-drain", "--cluster.port=29300",
				"--cluster.sync-nodes-optional=n1@127.0.0.1,n2@127.0.0.1", "--ordered=" + ordered,
				"--cluster.channels.enabled=false", "--cluster.channels.drain.batch-size=20",
				"--cluster.channels.drain.interval=200ms");
	}

	@AfterEach
	void stop() {
		this.clients.forEach(DrainedClient::close);
		this.leaves.close();
		this.stays.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void sessionsGetAllMessagesThenAreClosedInBatchesThenTheNodeLeaves(boolean ordered) {
		start(ordered);
		connect();
		while (this.published < BEFORE) {
			publish();
		}
		await().atMost(30, TimeUnit.SECONDS).until(() -> this.leaves.bean(BrokerBridge.class).received() == BEFORE);
		Watch leaving = this.leaves.bean(Watch.class);
		CompletableFuture<Void> closing = CompletableFuture.runAsync(this.leaves.context()::close);
		publishUntil(() -> any((client) -> client.closeCode != 0));
		assertThat(List.of("/ws", "/sockjs/websocket", "/sockjs/000/new/websocket")).extracting(this::handshake)
			.containsOnly(503);
		publishUntil(closing::isDone);
		closing.join();
		awaitAll((client) -> client.closeCode != 0);
		List<Long> left = this.stays.bean(Watch.class).down;
		await().atMost(30, TimeUnit.SECONDS).until(() -> left.size() == 1);
		assertThat(leaving.closed).hasSameSizeAs(this.clients);
		assertThat(leaving.closed).allSatisfy((at) -> assertThat(at).isBetween(leaving.unready.get(0), left.get(0)));
		assertThat(this.clients).allSatisfy((client) -> {
			assertThat(client.closeCode).isEqualTo(1012);
			assertThat(client.others).isEmpty();
			assertThat(client.numbers).containsAll(IntStream.range(0, BEFORE).boxed().toList());
			if (ordered) {
				assertThat(client.numbers).isEqualTo(IntStream.range(0, client.numbers.size()).boxed().toList());
			}
		});
		assertSpread(leaving.closed);
	}

	private void connect() {
		int port = this.leaves.port();
		for (int i = 0; i < 100; i++) {
			this.clients.add(DrainedClient.webSocket(this.http, port, (i % 10 == 0) ? "**" : "numbers"));
			if (i % 5 == 0) {
				this.clients.add(DrainedClient.polling(this.http, port, "s" + i));
			}
		}
		awaitAll((client) -> client.ready);
	}

	private void awaitAll(Predicate<DrainedClient> condition) {
		await().atMost(30, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(this.clients).filteredOn(condition.negate()).isEmpty());
	}

	private boolean any(Predicate<DrainedClient> condition) {
		return this.clients.stream().anyMatch(condition);
	}

	private void publish() {
		this.stays.template().convertAndSend("/topic/numbers", String.valueOf(this.published++));
	}

	private void publishUntil(BooleanSupplier condition) {
		long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
		while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
			publish();
			LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
		}
		assertThat(condition.getAsBoolean()).isTrue();
	}

	private int handshake(String path) {
		try {
			this.http.newWebSocketBuilder()
				.buildAsync(URI.create("ws://127.0.0.1:" + this.leaves.port() + path), new WebSocket.Listener() {
				})
				.join();
			return 101;
		}
		catch (CompletionException ex) {
			return (ex.getCause() instanceof WebSocketHandshakeException refused) ? refused.getResponse().statusCode()
					: 0;
		}
	}

	private void assertSpread(List<Long> times) {
		long[] closed = times.stream().mapToLong(Long::longValue).sorted().toArray();
		Duration all = Duration.ofNanos(closed[closed.length - 1] - closed[0]);
		long most = mostWithin(closed, Duration.ofMillis(100).toNanos());
		logger.info(closed.length + " sessions closed within " + all + ", at most " + most + " in any 100 ms");
		assertThat(most).as("at least two batches are apart, on a busy machine, too")
			.isLessThanOrEqualTo(closed.length - 20);
		assertThat(all).as("six batches of twenty, 200 ms apart, the first ones delayed by waiting messages")
			.isGreaterThan(Duration.ofMillis(500));
	}

	private static long mostWithin(long[] times, long window) {
		return IntStream.range(0, times.length)
			.mapToLong((i) -> IntStream.range(i, times.length).takeWhile((k) -> times[k] - times[i] < window).count())
			.max()
			.orElse(0);
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ StompApp.class, Watch.class })
	static class App {

	}

	/**
	 * The times of what a node does and hears of.
	 */
	static class Watch implements WebSocketMessageBrokerConfigurer {

		private final List<Long> down = new CopyOnWriteArrayList<>();

		/** A client hears of its end later, with SockJS even after the node has left. */
		private final List<Long> closed = new CopyOnWriteArrayList<>();

		private final List<Long> unready = new CopyOnWriteArrayList<>();

		// outside of the decorator of the drain, so it is called before the drain goes on
		@Override
		public void configureWebSocketTransport(WebSocketTransportRegistration registry) {
			registry.addDecoratorFactory((handler) -> new WebSocketHandlerDecorator(handler) {

				@Override
				public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
					Watch.this.closed.add(System.nanoTime());
					super.afterConnectionClosed(session, status);
				}

			});
		}

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
