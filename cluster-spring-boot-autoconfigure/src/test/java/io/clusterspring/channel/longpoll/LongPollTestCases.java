package io.clusterspring.channel.longpoll;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

import io.clusterspring.Cluster;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.SocketAuthorization;
import io.clusterspring.channel.SocketAuthorizer;
import io.clusterspring.channel.TranscriptRooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for long polling against two real web servers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
abstract class LongPollTestCases {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String HEARTBEAT = "[null,\"1\",\"phoenix\",\"heartbeat\",{}]";

	private final Class<?> configuration;

	private ConfigurableApplicationContext n1;

	private ConfigurableApplicationContext n2;

	private int port1;

	private int port2;

	LongPollTestCases(Class<?> configuration) {
		this.configuration = configuration;
	}

	@BeforeAll
	void start() {
		this.n1 = run("n1@127.0.0.1");
		this.n2 = run("n2@127.0.0.1");
		await().atMost(PATIENCE).until(() -> this.n1.getBean(Cluster.class).view().nodes().size() == 2);
		this.port1 = port(this.n1);
		this.port2 = port(this.n2);
	}

	// no session ends because the machine is busy
	private ConfigurableApplicationContext run(String node) {
		return run(this.configuration, getClass().getSimpleName(), clusterPort(), node,
				"cluster.channels.long-poll.poll-timeout=10s", "cluster.channels.long-poll.session-timeout=5m");
	}

	static ConfigurableApplicationContext run(Class<?> configuration, String cluster, int clusterPort, String node,
			String... timeouts) {
		return new SpringApplicationBuilder(Application.class, configuration).properties(timeouts)
			.run("--server.port=0", "--cluster.name=" + cluster, "--cluster.node=" + node,
					"--cluster.port=" + clusterPort, "--cluster.sync-nodes-optional=n1@127.0.0.1, n2@127.0.0.1",
					"--server.tomcat.threads.max=6", "--server.jetty.threads.max=12",
					"--cluster.channels.max-message-size=100KB",
					"--cluster.channels.allowed-origins=https://friend.example");
	}

	static int port(ConfigurableApplicationContext context) {
		return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
	}

	abstract int clusterPort();

	@AfterAll
	void stop() {
		this.n2.close();
		this.n1.close();
	}

	@Test
	void waitingPollIsAnsweredAsSoonAsThereIsAMessage() throws Exception {
		Poller poller = join("room:wait");
		for (int i = 0; i < 5; i++) {
			CompletableFuture<JsonNode> poll = poller.getLater(this.port1);
			this.n2.getBean(Channels.class).broadcast("room:wait", "news", Map.of("n", i));
			assertThat(poller.message(poll, this.port1))
				.isEqualTo("[null,null,\"room:wait\",\"news\",{\"n\":" + i + "}]");
		}
	}

	@Test
	void sessionWorksThroughBothNodes() throws Exception {
		Poller poller = join("room:both");
		for (int i = 0; i < 20; i++) {
			assertThat(poller.post((i % 3 == 0) ? this.port1 : this.port2,
					"[\"1\",\"" + i + "\",\"room:both\",\"echo\",{\"n\":" + i + "}]"))
				.isEqualTo(200);
		}
		List<String> expected = IntStream.range(0, 20)
			.mapToObj((i) -> "[\"1\",\"" + i + "\",\"room:both\",\"phx_reply\",{\"response\":{\"n\":" + i
					+ "},\"status\":\"ok\"}]")
			.toList();
		assertThat(poller.messages(20, this.port2, this.port1)).isEqualTo(expected);
	}

	@Test
	void manyClientsPollWithFewThreadsAndNothingIsLost() throws Exception {
		List<Poller> pollers = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			pollers.add(join("room:many"));
		}
		List<CompletableFuture<JsonNode>> waiting = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			waiting.add(pollers.get(i).getLater((i % 2 == 0) ? this.port1 : this.port2));
		}
		assertThat(Poller.open(this.port1).post(this.port2, HEARTBEAT)).isEqualTo(200);
		this.n1.getBean(Channels.class).broadcast("room:many", "news", Map.of("x", "y".repeat(50_000)));
		for (int i = 0; i < 60; i++) {
			assertThat(pollers.get(i).message(waiting.get(i), this.port1, this.port2)).contains("news");
		}
	}

	@Test
	void secondPollEndsTheFirst() throws Exception {
		Poller poller = join("room:second");
		CompletableFuture<JsonNode> first = poller.getLater(this.port1);
		awaitPolls(this.n1, 1);
		CompletableFuture<JsonNode> second = poller.getLater(this.port2);
		assertThat(first.get(30, TimeUnit.SECONDS).get("status").asInt()).isEqualTo(204);
		this.n1.getBean(Channels.class).broadcast("room:second", "news", Map.of());
		this.n1.getBean(Channels.class).broadcast("room:second", "more", Map.of());
		List<String> messages = new ArrayList<>(Poller.texts(second.get(30, TimeUnit.SECONDS)));
		messages.addAll(poller.messages(2 - messages.size(), this.port1));
		assertThat(messages).satisfiesExactly((news) -> assertThat(news).contains("\"news\""),
				(more) -> assertThat(more).contains("\"more\""));
	}

	@Test
	void sessionOfAClientThatStopsPollingEnds() throws Exception {
		try (ConfigurableApplicationContext n4 = run(this.configuration, getClass().getSimpleName(), clusterPort(),
				"n4@127.0.0.1", "cluster.channels.long-poll.session-timeout=1s")) {
			Poller poller = Poller.open(port(n4));
			assertThat(poller.token).isNotNull();
			await().atMost(PATIENCE).until(() -> n4.getBean(LongPollEndpoint.class).sessions() == 0);
			assertThat(poller.post(this.port1, HEARTBEAT)).isEqualTo(410);
			assertThat(poller.get(this.port2).get("status").asInt()).isEqualTo(410);
		}
	}

	@Test
	void malformedMessagesEndTheSession() throws Exception {
		for (String body : List.of("{bad", "[1,2]\n", "not base64!")) {
			Poller poller = join("room:bad");
			assertThat(poller.post(this.port2, "application/x-ndjson", body)).isEqualTo(408);
			assertThat(poller.post(this.port1, "[]")).isEqualTo(410);
			assertThat(poller.get(this.port2).get("status").asInt()).isEqualTo(410);
		}
	}

	@Test
	void bytesCanBeSentButNotReceived() throws Exception {
		Poller poller = join("room:bytes");
		byte[] push = ByteBuffer.allocate(31)
			.put(new byte[] { 0, 1, 1, 10, 11 })
			.put("12room:bytesbinary_echoABC".getBytes())
			.array();
		String lines = Base64.getEncoder().encodeToString(push) + "\n[\"1\",\"3\",\"room:bytes\",\"ack\",{}]";
		assertThat(poller.post(this.port2, "application/x-ndjson", lines)).isEqualTo(200);
		assertThat(poller.messages(2, this.port1)).containsExactly(
				"[\"1\",\"2\",\"room:bytes\",\"phx_reply\",{\"response\":{\"reason\":\"binary response\"},\"status\":\"error\"}]",
				"[\"1\",\"3\",\"room:bytes\",\"phx_reply\",{\"response\":{},\"status\":\"ok\"}]");
		this.n2.getBean(Channels.class).broadcast("room:bytes", "bin", new byte[] { 1 });
		this.n2.getBean(Channels.class).broadcast("room:bytes", "text", Map.of());
		assertThat(poller.messages(1, this.port1).get(0)).contains("\"text\"");
	}

	@Test
	void bodyThatIsTooLongIsRefused() throws Exception {
		Poller poller = Poller.open(this.port1);
		for (BodyPublisherKind kind : BodyPublisherKind.values()) {
			HttpRequest request = HttpRequest.newBuilder(uri(this.port2, "vsn=2.0.0&token=" + poller.token))
				.POST(kind.publisher("[" + " ".repeat(110_000) + "]"))
				.build();
			assertThat(Poller.send(request).statusCode()).isEqualTo(413);
		}
		assertThat(poller.post(this.port2, HEARTBEAT)).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "DELETE", "PATCH", "HEAD" })
	void otherMethodsAre400(String method) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(uri(this.port1, "vsn=2.0.0"))
			.method(method, BodyPublishers.noBody())
			.build();
		assertThat(Poller.send(request).statusCode()).isEqualTo(400);
	}

	@Test
	void authorizerGetsTheAuthToken() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(uri(this.port1, "vsn=2.0.0&who=token"))
			.header("X-Phoenix-AuthToken", "s3cret")
			.build();
		assertThat(Poller.send(request).body()).contains("\"status\":410");
		HttpRequest without = HttpRequest.newBuilder(uri(this.port1, "vsn=2.0.0&who=token")).build();
		assertThat(Poller.send(without).body()).isEqualTo("{\"status\":403}");
	}

	@Test
	void pagesOfListedOriginsMayPollAndOthersMayNot() throws Exception {
		assertThat(cross("GET", "https://friend.example").headers().firstValue("access-control-allow-origin"))
			.hasValue("https://friend.example");
		HttpResponse<String> preflight = cross("OPTIONS", "https://friend.example");
		assertThat(preflight.statusCode()).isEqualTo(200);
		assertThat(preflight.headers().firstValue("access-control-allow-headers"))
			.hasValueSatisfying((headers) -> assertThat(headers).containsIgnoringCase("x-phoenix-longpoll-token"));
		for (String method : List.of("GET", "OPTIONS", "POST")) {
			HttpResponse<String> foreign = cross(method, "https://evil.example");
			assertThat(foreign.statusCode()).isEqualTo(403);
			assertThat(foreign.headers().firstValue("access-control-allow-origin")).isEmpty();
		}
		assertThat(cross("GET", "http://127.0.0.1:" + this.port1).body()).contains("\"status\":410");
	}

	private HttpResponse<String> cross(String method, String origin) throws Exception {
		return Poller.send(HttpRequest.newBuilder(uri(this.port1, "vsn=2.0.0"))
			.header("Origin", origin)
			.header("Access-Control-Request-Method", "POST")
			.header("Access-Control-Request-Headers", "x-phoenix-longpoll-token, content-type")
			.method(method, BodyPublishers.noBody())
			.build());
	}

	@Test
	void stoppingNodeEndsWaitingPollsAtOnce() throws Exception {
		ConfigurableApplicationContext n3 = run("n3@127.0.0.1");
		for (ConfigurableApplicationContext node : List.of(this.n1, this.n2)) {
			await().atMost(PATIENCE).until(() -> node.getBean(Cluster.class).view().nodes().size() == 3);
		}
		int port3 = port(n3);
		Poller there = join("room:stop", port3);
		Poller here = join("room:stop", this.port1);
		CompletableFuture<JsonNode> ends = there.getLater(this.port1);
		CompletableFuture<JsonNode> goesOn = here.getLater(port3);
		awaitPolls(this.n1, 1);
		awaitPolls(n3, 1);
		n3.close();
		int end = ends.get(30, TimeUnit.SECONDS).get("status").asInt();
		assertThat((end == 204) ? there.get(this.port2).get("status").asInt() : end).isEqualTo(410);
		assertThat(goesOn.get(30, TimeUnit.SECONDS).get("status").asInt()).isEqualTo(204);
		this.n2.getBean(Channels.class).broadcast("room:stop", "news", Map.of());
		assertThat(here.messages(1, this.port2).get(0)).contains("\"news\"");
	}

	@Test
	void messageIsNotLostWithABrokenConnection() throws Exception {
		for (int i = 0; i < 3; i++) {
			Poller poller = join("room:broken");
			try (Socket broken = new Socket("127.0.0.1", this.port2)) {
				broken.getOutputStream()
					.write(("GET /socket/longpoll?vsn=2.0.0 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
							+ "X-Phoenix-Longpoll-Token: " + poller.token + "\r\n\r\n")
						.getBytes(StandardCharsets.US_ASCII));
				awaitPolls(this.n2, 1);
				broken.setSoLinger(i == 0, 0);
			}
			this.n1.getBean(Channels.class).broadcast("room:broken", "news", Map.of("n", i));
			awaitPolls(this.n2, 0);
			assertThat(poller.messages(1, this.port1).get(0)).contains("{\"n\":" + i + "}");
			this.n1.getBean(Channels.class).broadcast("room:broken", "more", Map.of());
			assertThat(poller.messages(1, this.port2).get(0)).contains("\"more\"");
		}
	}

	private static void awaitPolls(ConfigurableApplicationContext node, int count) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(node.getBean(LongPollEndpoint.class).waiting()).isEqualTo(count));
	}

	@Test
	void queriesThatCannotBeDecodedAreMalformed(CapturedOutput output) throws Exception {
		for (String query : List.of("vsn=2.0.0&a=%zz", "vsn=2.0.0&%", "vsn=2.0.0&a=%c3%28", "a=%ed%a0%80")) {
			for (String method : List.of("GET", "POST")) {
				try (Socket client = new Socket("127.0.0.1", this.port1)) {
					client.getOutputStream()
						.write((method + " /socket/longpoll?" + query
								+ " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n")
							.getBytes(StandardCharsets.US_ASCII));
					assertThat(new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).as(query)
						.isEqualTo("HTTP/1.1 400");
				}
			}
		}
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void invalidOriginIsRefused(CapturedOutput output) throws Exception {
		for (String origin : List.of("http://[", "%zz", "http://a b", "null", "")) {
			assertThat(cross("GET", origin).statusCode()).as(origin).isEqualTo(403);
		}
		assertThat(output).doesNotContain("\tat ");
	}

	private Poller join(String topic) throws Exception {
		return join(topic, this.port1);
	}

	private Poller join(String topic, int port) throws Exception {
		Poller poller = Poller.open(port);
		assertThat(poller.post(this.port2, "[\"1\",\"1\",\"" + topic + "\",\"phx_join\",{\"user\":\"u\"}]"))
			.isEqualTo(200);
		assertThat(poller.messages(2, this.port1)).satisfiesExactly((reply) -> assertThat(reply).contains("phx_reply"),
				(push) -> assertThat(push).contains("joined"));
		return poller;
	}

	private static URI uri(int port, String query) {
		return URI.create("http://127.0.0.1:" + port + "/socket/longpoll?" + query);
	}

	/**
	 * Bodies with a known length, and chunked ones.
	 */
	enum BodyPublisherKind {

		KNOWN, CHUNKED;

		HttpRequest.BodyPublisher publisher(String text) {
			return (this == KNOWN) ? BodyPublishers.ofString(text)
					: BodyPublishers.ofByteArrays(List.of(text.getBytes()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		TranscriptRooms.Room room(Cluster cluster, ObjectProvider<Channels> channels) {
			return new TranscriptRooms.Room(cluster.self(), (id) -> channels.getObject().disconnect(id));
		}

		@Bean
		SocketAuthorizer authorizer() {
			return (request) -> {
				if (request.parameter("reject") != null
						|| (request.parameter("who") != null && !"s3cret".equals(request.authToken()))) {
					return SocketAuthorization.refuse();
				}
				String end = request.parameter("end");
				if (end != null) {
					return SocketAuthorization.accept().until(Instant.parse(end));
				}
				String user = request.parameter("user_id");
				return (user != null) ? SocketAuthorization.accept().withId("user_socket:" + user)
						: SocketAuthorization.accept();
			};
		}

	}

}
