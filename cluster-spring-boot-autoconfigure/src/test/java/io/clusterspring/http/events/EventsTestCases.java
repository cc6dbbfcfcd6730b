package io.clusterspring.http.events;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.SocketAuthorization;
import io.clusterspring.drain.ConnectionDrain;
import io.clusterspring.http.HttpNodes;
import io.clusterspring.http.PhoenixReader;
import io.clusterspring.http.publish.TopicPublishAuthorizer;
import io.clusterspring.inspect.NodeFacts;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.TopicListener;
import io.clusterspring.pubsub.TopicMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for server-sent events against two real nodes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EventsTestCases {

	private static final String OPEN = "retry: 2000|";

	private final Class<?>[] sources;

	private HttpNodes nodes;

	EventsTestCases(Class<?>... sources) {
		this.sources = sources;
	}

	@BeforeAll
	void start() {
		this.nodes = new HttpNodes(getClass().getSimpleName(),
				new String[] { "--cluster.http.events.enabled=true", "--cluster.http.publish.enabled=true",
						"--cluster.http.events.max-connections=40", "--cluster.http.events.buffer-capacity=100KB",
						"--cluster.http.events.heartbeat=1s", "--cluster.history.kept.topics=kept:*",
						"--cluster.history.kept.size=20", "--cluster.channels.allowed-origins=https://friend.example",
						"--server.tomcat.connection-timeout=5s", "--server.jetty.connection-idle-timeout=5s" },
				this.sources);
	}

	@AfterAll
	void stop() {
		this.nodes.close();
	}

	@Test
	void postOnOneNodeReachesAllKindsOfReadersOnTheOther() throws Exception {
		int port = HttpNodes.port(this.nodes.n2());
		try (PhoenixReader phoenix = PhoenixReader.join(port, "room:all");
				SseReader sse = SseReader.connect(port, "room:all", "Accept", "text/event-stream")) {
			assertThat(sse.status()).isEqualTo(200);
			assertThat(sse.response().headers().firstValue("content-type"))
				.hasValueSatisfying((type) -> assertThat(type).startsWith("text/event-stream"));
			assertThat(sse.next()).isEqualTo(OPEN);
			HttpNodes.post(this.nodes.n1(), "room:all", "{\"event\":\"news\",\"payload\":{\"n\":\r\n1.10}}");
			assertThat(sse.next()).isEqualTo("event: news|data: {\"n\":  1.10}|");
			assertThat(phoenix.next()).contains("\"news\"");
			assertThat(this.nodes.n2().getBean(Listener.class).messages.poll(20, TimeUnit.SECONDS).event())
				.isEqualTo("news");
			assertThat(sse.lastId()).isEmpty();
		}
	}

	@Test
	void clientThatMovesGetsWhatItHasMissed() throws Exception {
		String id;
		try (SseReader first = SseReader.connect(HttpNodes.port(this.nodes.n1()), "kept:move")) {
			assertThat(first.next()).isEqualTo(OPEN);
			broadcast(this.nodes.n2(), "kept:move", 1);
			broadcast(this.nodes.n1(), "kept:move", 2);
			assertThat(List.of(first.next(), first.next())).containsExactlyInAnyOrder(event(1), event(2));
			id = first.lastId();
		}
		broadcast(this.nodes.n1(), "kept:move", 3);
		broadcast(this.nodes.n2(), "kept:move", 4);
		try (SseReader second = SseReader.connect(HttpNodes.port(this.nodes.n2()), "kept:move", "Last-Event-ID", id)) {
			assertThat(second.next()).isEqualTo(OPEN);
			assertThat(List.of(second.next(), second.next())).containsExactlyInAnyOrder(event(3), event(4));
			assertThat(second.next()).isEqualTo("event: $history|data: {\"recovered\":true}|");
			broadcast(this.nodes.n1(), "kept:move", 5);
			assertThat(second.next()).isEqualTo(event(5));
			id = second.lastId();
		}
		for (int i = 0; i < 30; i++) {
			broadcast(this.nodes.n1(), "kept:move", i);
		}
		try (SseReader third = SseReader.connect(HttpNodes.port(this.nodes.n1()), "kept:move", "Last-Event-ID", id)) {
			assertThat(third.next()).isEqualTo(OPEN);
			assertThat(third.next()).isEqualTo("event: $history|data: {\"recovered\":false,\"reason\":\"evicted\"}|");
			broadcast(this.nodes.n2(), "kept:move", 6);
			assertThat(third.next()).isEqualTo(event(6));
		}
	}

	@ParameterizedTest
	@CsvSource({ "x", "AAAAAAAB:1x", "%0d%0aid: forged" })
	void idThatCannotBeReadIsTold(String id) throws Exception {
		try (SseReader reader = SseReader.connect(HttpNodes.port(this.nodes.n1()), "kept:invalid", "Last-Event-ID",
				id)) {
			assertThat(reader.next()).isEqualTo(OPEN);
			assertThat(reader.next()).isEqualTo("event: $history|data: {\"recovered\":false,\"reason\":\"invalid\"}|");
		}
	}

	@ParameterizedTest
	@CsvSource({ "room:1, application/json, 406", "room:1, 'text/event-stream;q=0', 406", "room:1, nonsense, 406",
			"secret, */*, 403", "busy, */*, 429", "failing, */*, 403", "over, */*, 403", "phoenix, */*, 400",
			"a%FFb, */*, 400" })
	void othersAreRefused(String topic, String accept, int status) throws Exception {
		assertThat(SseReader.connect(HttpNodes.port(this.nodes.n1()), topic, "Accept", accept).status())
			.isEqualTo(status);
	}

	@ParameterizedTest
	@CsvSource({ "POST, prices/events, GET, without /events", "GET, prices, POST, with /events",
			"DELETE, prices, POST, takes POST", "GET, events, POST, with /events" })
	void pathOfATopicAndThatOfItsEventsAreApart(String method, String path, String allowed, String detail)
			throws Exception {
		HttpResponse<String> answer = HttpNodes.send(this.nodes.n1(), method, path,
				method.equals("POST") ? "{\"event\":\"news\"}" : "");
		assertThat(answer.statusCode()).isEqualTo(405);
		assertThat(answer.headers().firstValue("Allow")).hasValue(allowed);
		assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
		assertThat(answer.body()).contains(detail);
	}

	@Test
	void lastIdOfAPageIsAParameterAndTheHeaderGoesFirst() throws Exception {
		int port = HttpNodes.port(this.nodes.n1());
		String id;
		try (SseReader first = SseReader.connect(port, "kept:page")) {
			assertThat(first.next()).isEqualTo(OPEN);
			broadcast(this.nodes.n1(), "kept:page", 1);
			assertThat(first.next()).isEqualTo(event(1));
			id = first.lastId();
		}
		broadcast(this.nodes.n1(), "kept:page", 2);
		try (SseReader again = SseReader.connectWith("lastEventId=" + id, port, "kept:page")) {
			assertThat(again.next()).isEqualTo(OPEN);
			assertThat(again.next()).isEqualTo(event(2));
			assertThat(again.next()).isEqualTo("event: $history|data: {\"recovered\":true}|");
			id = again.lastId();
		}
		try (SseReader both = SseReader.connectWith("lastEventId=x", port, "kept:page", "Last-Event-ID", id)) {
			assertThat(both.next()).isEqualTo(OPEN);
			assertThat(both.next()).isEqualTo("event: $history|data: {\"recovered\":true}|");
		}
	}

	@Test
	void pagesOfOtherOriginsAreRefused() throws Exception {
		int port = HttpNodes.port(this.nodes.n1());
		assertThat(SseReader.connect(port, "room:1", "Origin", "https://evil.example").status()).isEqualTo(403);
		for (String origin : List.of("https://friend.example", "http://127.0.0.1:" + port)) {
			try (SseReader reader = SseReader.connect(port, "room:1", "Origin", origin)) {
				assertThat(reader.status()).isEqualTo(200);
			}
		}
		try (SseReader friend = SseReader.connect(port, "room:1", "Origin", "https://friend.example")) {
			assertThat(friend.response().headers().firstValue("Access-Control-Allow-Origin"))
				.hasValue("https://friend.example");
		}
	}

	@Test
	void silenceIsFilledWithComments() throws Exception {
		try (SseReader reader = SseReader.connect(HttpNodes.port(this.nodes.n1()), "room:silent")) {
			assertThat(reader.nextOrComment()).isEqualTo(OPEN);
			assertThat(reader.nextOrComment()).isEqualTo(":|");
			assertThat(reader.nextOrComment()).isEqualTo(":|");
		}
	}

	@Test
	void connectionsAreLimitedAndCounted() throws Exception {
		EventsStatistics statistics = statistics(this.nodes.n2());
		await().until(() -> statistics.connections() == 0);
		List<SseReader> readers = new ArrayList<>();
		try {
			for (int i = 0; i < 40; i++) {
				readers.add(SseReader.connect(HttpNodes.port(this.nodes.n2()), "room:" + i));
				assertThat(readers.get(i).status()).isEqualTo(200);
			}
			SseReader refused = SseReader.connect(HttpNodes.port(this.nodes.n2()), "room:1");
			assertThat(refused.status()).isEqualTo(503);
			assertThat(refused.response().headers().firstValue("Retry-After")).hasValue("1");
			assertThat(statistics.refused(EventsRefusal.FULL)).isEqualTo(1);
			assertThat(this.nodes.n2().getBean("clusterEventsFacts", NodeFacts.class).facts())
				.isEqualTo(Map.of("eventStreams", 40L));
		}
		finally {
			for (SseReader reader : readers) {
				reader.close();
			}
		}
		await().until(() -> statistics.connections() == 0);
		assertThat(this.nodes.n2().getBean(EventsEndpoint.class).topics()).isZero();
	}

	@Test
	void clientsThatDoNotReadAreClosedAndHoldUpNobody() throws Exception {
		EventsStatistics statistics = statistics(this.nodes.n1());
		List<Socket> stuck = new ArrayList<>();
		try (SseReader other = SseReader.connect(HttpNodes.port(this.nodes.n1()), "room:other")) {
			for (int i = 0; i < 20; i++) {
				stuck.add(connectWithoutReading(HttpNodes.port(this.nodes.n1()), "room:slow"));
			}
			await().until(() -> statistics.connections() >= 21);
			String text = "x".repeat(50_000);
			for (int i = 0; i < 200; i++) {
				this.nodes.n2().getBean(Channels.class).broadcast("room:slow", "news", Map.of("text", text));
			}
			assertThat(other.next()).isEqualTo(OPEN);
			HttpNodes.post(this.nodes.n1(), "room:other", "{\"event\":\"news\",\"payload\":{\"n\":1}}");
			assertThat(other.next()).isEqualTo(event(1));
			await().untilAsserted(() -> assertThat(ends(statistics)).containsEntry(EventsEnd.SLOW, 20L));
			assertThat(statistics.pendingBytes()).isLessThanOrEqualTo(100_000);
		}
		finally {
			for (Socket socket : stuck) {
				socket.close();
			}
		}
	}

	@Test
	void rightEndsWithItsTimeAndWithARevocation() throws Exception {
		EventsStatistics statistics = statistics(this.nodes.n1());
		try (SseReader expiring = SseReader.connect(HttpNodes.port(this.nodes.n1()), "expiring");
				SseReader revoked = SseReader.connect(HttpNodes.port(this.nodes.n1()), "room:ann", "user", "ann");
				SseReader stays = SseReader.connect(HttpNodes.port(this.nodes.n1()), "room:ann", "user", "bob")) {
			await().until(() -> expiring.ended);
			assertThat(statistics.ended(EventsEnd.EXPIRED)).isEqualTo(1);
			this.nodes.n2().getBean(Channels.class).disconnectUser("ann");
			await().until(() -> revoked.ended);
			assertThat(statistics.ended(EventsEnd.REVOKED)).isEqualTo(1);
			assertThat(stays.ended).isFalse();
		}
	}

	@Test
	void nodeThatDrainsSendsClientsToAnother() throws Exception {
		ConnectionDrain drain = this.nodes.n2().getBean(ConnectionDrain.class);
		try (SseReader reader = SseReader.connect(HttpNodes.port(this.nodes.n2()), "room:drain")) {
			assertThat(reader.next()).isEqualTo(OPEN);
			drain.stop();
			assertThat(reader.next()).startsWith("retry: ");
			await().until(() -> reader.ended);
			SseReader refused = SseReader.connect(HttpNodes.port(this.nodes.n2()), "room:drain");
			assertThat(refused.status()).isEqualTo(503);
			assertThat(refused.response().headers().firstValue("Retry-After")).hasValue("1");
		}
		finally {
			drain.start();
		}
	}

	@Test
	void plainAndBinaryPayloadsAreForOthers() throws Exception {
		try (SseReader reader = SseReader.connect(HttpNodes.port(this.nodes.n1()), "kept:plain")) {
			assertThat(reader.next()).isEqualTo(OPEN);
			this.nodes.n2().getBean(PubSub.class).broadcast("kept:plain", Map.of("n", 0));
			this.nodes.n2().getBean(Channels.class).broadcast("kept:plain", "binary", new byte[] { '\n', '\n' });
			broadcast(this.nodes.n2(), "kept:plain", 7);
			assertThat(reader.next()).isEqualTo(event(7));
		}
	}

	@Test
	void eventNamesOfTheApplicationForgeNothing() throws Exception {
		try (SseReader reader = SseReader.connect(HttpNodes.port(this.nodes.n1()), "room:forged")) {
			assertThat(reader.next()).isEqualTo(OPEN);
			this.nodes.n2().getBean(Channels.class).broadcast("room:forged", "a\r\ndata: x\n\nid: y", Map.of());
			assertThat(reader.next()).isEqualTo("event: a  data: x  id: y|data: {}|");
			assertThat(reader.lastId()).isEmpty();
		}
	}

	private static Socket connectWithoutReading(int port, String topic) throws Exception {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(4096);
		socket.connect(new InetSocketAddress("127.0.0.1", port));
		socket.getOutputStream()
			.write(("GET /cluster/topics/" + topic + "/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	private static Map<EventsEnd, Long> ends(EventsStatistics statistics) {
		Map<EventsEnd, Long> ends = new EnumMap<>(EventsEnd.class);
		for (EventsEnd reason : EventsEnd.values()) {
			ends.put(reason, statistics.ended(reason));
		}
		return ends;
	}

	private static EventsStatistics statistics(ConfigurableApplicationContext node) {
		return node.getBean(EventsEndpoint.class).statistics();
	}

	private static void broadcast(ConfigurableApplicationContext node, String topic, int n) {
		node.getBean(Channels.class).broadcast(topic, "news", Map.of("n", n));
	}

	private static String event(int n) {
		return "event: news|data: {\"n\":" + n + "}|";
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Room room() {
			return new Room();
		}

		@Bean
		Listener listener() {
			return new Listener();
		}

		@Bean
		TopicPublishAuthorizer publishAuthorizer() {
			return (topic, request) -> true;
		}

		@Bean
		TopicEventsAuthorizer eventsAuthorizer() {
			return (topic, request) -> {
				String user = request.header("user");
				Principal named = () -> user;
				SocketAuthorization accepted = (user != null) ? SocketAuthorization.accept().withUser(named)
						: SocketAuthorization.accept();
				return switch (topic) {
					case "secret" -> SocketAuthorization.refuse();
					case "busy" -> SocketAuthorization.refuse(429).withRetryAfter(Duration.ofSeconds(7));
					case "failing" -> throw new IllegalStateException("cannot decide");
					case "over" -> accepted.until(Instant.now().minusSeconds(1));
					case "expiring" -> accepted.until(Instant.now().plusSeconds(2));
					default -> accepted;
				};
			};
		}

	}

	@ChannelController("*")
	static class Room {

		@OnJoin
		void join() {
		}

	}

	static class Listener {

		final BlockingQueue<TopicMessage> messages = new LinkedBlockingQueue<>();

		@TopicListener("room:all")
		void message(TopicMessage message) {
			this.messages.add(message);
		}

	}

}
