package io.clusterspring.http.publish;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.drain.ConnectionDrain;
import io.clusterspring.http.HttpNodes;
import io.clusterspring.http.PhoenixReader;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.TopicHistory;
import io.clusterspring.pubsub.TopicListener;
import io.clusterspring.pubsub.TopicMessage;
import io.clusterspring.text.Utf8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for publishing by HTTP against two real nodes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PublishTestCases {

	private static final String NEWS = "{\"event\":\"news\",\"payload\":{\"n\":1.10}}";

	private final Class<?>[] sources;

	private HttpNodes nodes;

	PublishTestCases(Class<?>... sources) {
		this.sources = sources;
	}

	@BeforeAll
	void start() {
		this.nodes = new HttpNodes(getClass().getSimpleName(),
				new String[] { "--cluster.http.publish.enabled=true", "--cluster.http.publish.max-request-size=100KB",
						"--cluster.http.publish.max-batch=3", "--cluster.http.publish.request-timeout=5s",
						"--cluster.history.kept.topics=kept:*" },
				this.sources);
	}

	@AfterAll
	void stop() {
		this.nodes.close();
	}

	@Test
	void messageReachesClientsAndListenersOfTheOtherNode() throws Exception {
		try (PhoenixReader reader = PhoenixReader.join(HttpNodes.port(this.nodes.n2()), "room:1")) {
			HttpResponse<String> answer = HttpNodes.post(this.nodes.n1(), "room:1", NEWS);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
			assertThat(answer.body()).isEqualTo("{\"messages\":1}");
			assertThat(reader.next()).isEqualTo("[null,null,\"room:1\",\"news\",{\"n\":1.10}]");
		}
		Listener listener = this.nodes.n2().getBean(Listener.class);
		TopicMessage message = listener.messages.poll(20, TimeUnit.SECONDS);
		assertThat(message.event()).isEqualTo("news");
		assertThat(Utf8.decode(message.bytes())).isEqualTo("{\"n\":1.10}");
		assertThat(listener.prices).as("events are for clients").isEmpty();
	}

	@Test
	void plainPayloadReachesTypedListenersAndNoClient() throws Exception {
		try (PhoenixReader reader = PhoenixReader.join(HttpNodes.port(this.nodes.n2()), "prices")) {
			HttpNodes.post(this.nodes.n1(), "prices", "{\"payload\":{\"euros\":7}}");
			assertThat(this.nodes.n2().getBean(Listener.class).prices.poll(20, TimeUnit.SECONDS))
				.isEqualTo(new Price(7));
			HttpNodes.post(this.nodes.n1(), "prices", NEWS);
			assertThat(reader.next()).contains("news");
		}
	}

	@Test
	void batchArrivesInOrderAndAnswersWithThePosition() throws Exception {
		try (PhoenixReader reader = PhoenixReader.join(HttpNodes.port(this.nodes.n2()), "kept:batch")) {
			JsonNode answer = json(HttpNodes.post(this.nodes.n1(), "kept:batch",
					"[{\"event\":\"a\"},{\"event\":\"b\",\"payload\":{\"x\":1}},{\"event\":\"c\"}]"));
			assertThat(answer.get("messages").asInt()).isEqualTo(3);
			assertThat(List.of(reader.next(), reader.next(), reader.next())).map((text) -> text.split(",")[3])
				.containsExactly("\"a\"", "\"b\"", "\"c\"");
			TopicHistory kept = this.nodes.n1().getBean(PubSub.class).history("kept:batch");
			assertThat(answer.get("position").asString()).isEqualTo(kept.messages().get(2).position().toString());
		}
	}

	@Test
	void repeatOnAnotherNodeGetsTheSameAnswerAndPublishesNothing() throws Exception {
		PublishStatistics other = this.nodes.n2().getBean(PublishEndpoint.class).statistics();
		int known = other.keys();
		HttpResponse<String> first = HttpNodes.post(this.nodes.n1(), "kept:once", NEWS, "Idempotency-Key", "k-1");
		assertThat(first.statusCode()).isEqualTo(200);
		await().until(() -> other.keys() > known);
		HttpResponse<String> here = HttpNodes.post(this.nodes.n1(), "kept:once", NEWS, "Idempotency-Key", "k-1");
		HttpResponse<String> there = HttpNodes.post(this.nodes.n2(), "kept:once", NEWS, "Idempotency-Key", "k-1");
		assertThat(List.of(here.body(), there.body())).containsOnly(first.body());
		assertThat(here.headers().firstValue("Idempotent-Replayed")).hasValue("true");
		assertThat(there.headers().firstValue("Idempotent-Replayed")).hasValue("true");
		assertThat(this.nodes.n1().getBean(PubSub.class).history("kept:once").messages()).hasSize(1);
		assertProblem(HttpNodes.post(this.nodes.n2(), "kept:once", "{\"event\":\"other\"}", "Idempotency-Key", "k-1"),
				422, "another body");
		assertThat(
				HttpNodes.post(this.nodes.n2(), "kept:once", "{\"event\":\"other\"}", "Idempotency-Key", "k-2").body())
			.contains("position");
	}

	@Test
	void repeatAfterARestartIsKnown() throws Exception {
		String first = HttpNodes.post(this.nodes.n1(), "kept:restart", NEWS, "Idempotency-Key", "r-1").body();
		int known = this.nodes.n2().getBean(PublishEndpoint.class).statistics().keys();
		this.nodes.restartFirst();
		PublishStatistics restarted = this.nodes.n1().getBean(PublishEndpoint.class).statistics();
		await().until(() -> restarted.keys() >= known);
		HttpResponse<String> repeat = HttpNodes.post(this.nodes.n1(), "kept:restart", NEWS, "Idempotency-Key", "r-1");
		assertThat(repeat.body()).isEqualTo(first);
		assertThat(repeat.headers().firstValue("Idempotent-Replayed")).hasValue("true");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "room:1|{}|400|event or a payload", "room:1|{'event':'phx_close'}|400|reserved",
					"room:1|{'event':'a','payload':1}|400|object", "room:1|[]|400|no message",
					"room:1|{'event'|400|in line 1, column",
					"room:1|[{'event':'a'},{'event':'a'},{'event':'a'},{'event':'a'}]|400|max-batch",
					"phoenix|{'event':'a'}|400|reserved", "secret|{'event':'a'}|403|may not",
					"failing|{'event':'a'}|403|may not" })
	void clientIsToldWhatIsWrong(String topic, String body, int status, String detail) throws Exception {
		assertProblem(HttpNodes.post(this.nodes.n1(), topic, body.replace('\'', '"')), status, detail);
	}

	@Test
	void otherFormsAreRefused() throws Exception {
		for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application/json;charset=latin1",
				"nonsense")) {
			assertProblem(HttpNodes.post(this.nodes.n1(), "room:1", NEWS, "Content-Type", type), 415, "UTF-8");
		}
		assertProblem(HttpNodes.post(this.nodes.n1(), "room:1", NEWS, "Idempotency-Key", "x".repeat(256)), 400,
				"Idempotency-Key");
		assertProblem(HttpNodes.post(this.nodes.n1(), "room:1", NEWS, "Idempotency-Key", "a", "Idempotency-Key", "b"),
				400, "more than one");
		assertProblem(HttpNodes.post(this.nodes.n1(), "room:1?q=%FF", NEWS), 400, "query");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "DELETE", "PUT" })
	void otherMethodsAreRefusedWithABody(String method) throws Exception {
		HttpResponse<String> answer = HttpNodes.send(this.nodes.n1(), method, "prices/events", "");
		assertProblem(answer, 405, "This path takes POST");
		assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
	}

	@Test
	void topicMayEndAsThePathOfEventsIfTheseAreNotServed() throws Exception {
		assertThat(HttpNodes.post(this.nodes.n1(), "room/events", NEWS).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a%0D%0Ab", "a%00b", "a//b", "a/%2e%2e/b", "a%FFb", "a;b=c", "" })
	void hostilePathsAreRefused(String path) throws Exception {
		assertThat(HttpNodes.post(this.nodes.n1(), path, NEWS).statusCode()).isIn(400, 404);
	}

	@Test
	void bodyThatIsNotUtf8IsRefused() throws Exception {
		try (RawPost post = new RawPost(HttpNodes.port(this.nodes.n1()), "Content-Length: 24")) {
			post.write("{\"event\":\"a\",\"payload\":".substring(0, 22));
			post.write(new byte[] { (byte) 0xC3, (byte) 0x28 });
			assertThat(post.answer()).startsWith("HTTP/1.1 400");
		}
	}

	@Test
	void bodyWithoutEndIsRefused() throws Exception {
		for (String header : List.of("Transfer-Encoding: chunked", "Content-Length: 1000000000")) {
			try (RawPost post = new RawPost(HttpNodes.port(this.nodes.n1()), header)) {
				int written = post.pour(1_000_000_000);
				assertThat(written).as("bytes the server has taken").isLessThan(50_000_000);
				assertThat(post.answerIfNotReset()).startsWith("HTTP/1.1 413");
			}
		}
	}

	@Test
	void incompleteBodiesHoldNoThread() throws Exception {
		List<RawPost> posts = new ArrayList<>();
		try {
			for (int i = 0; i < 30; i++) {
				posts.add(new RawPost(HttpNodes.port(this.nodes.n1()), "Transfer-Encoding: chunked"));
				posts.get(i).write("1\r\n{\r\n");
			}
			assertThat(HttpNodes.post(this.nodes.n1(), "room:2", NEWS).statusCode()).isEqualTo(200);
			assertThat(posts.get(0).answer()).startsWith("HTTP/1.1 408");
		}
		finally {
			for (RawPost post : posts) {
				post.close();
			}
		}
	}

	@Test
	void largeBodyIsRefused() throws Exception {
		String large = "{\"event\":\"a\",\"payload\":{\"x\":\"" + "x".repeat(100 * 1024) + "\"}}";
		assertProblem(HttpNodes.post(this.nodes.n1(), "room:1", large), 413, "max-request-size");
	}

	@Test
	void nodeThatDrainsSendsClientsToAnother() throws Exception {
		ConnectionDrain drain = this.nodes.n2().getBean(ConnectionDrain.class);
		drain.stop();
		try {
			HttpResponse<String> answer = HttpNodes.post(this.nodes.n2(), "room:1", NEWS);
			assertProblem(answer, 503, "drains");
			assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
		}
		finally {
			drain.start();
		}
		assertThat(HttpNodes.post(this.nodes.n2(), "room:1", NEWS).statusCode()).isEqualTo(200);
	}

	@Test
	void tenThousandKeysAreRememberedAndNoMore() throws Exception {
		PublishStatistics statistics = this.nodes.n1().getBean(PublishEndpoint.class).statistics();
		long before = statistics.requests(PublishOutcome.PUBLISHED);
		for (int i = 0; i < 300; i++) {
			HttpNodes.post(this.nodes.n1(), "room:keys", "{\"event\":\"a\"}", "Idempotency-Key", "many-" + i);
		}
		assertThat(statistics.requests(PublishOutcome.PUBLISHED) - before).isEqualTo(300);
		assertThat(statistics.keys()).isBetween(300, 10_000);
	}

	static void assertProblem(HttpResponse<String> answer, int status, String detail) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
		assertThat(json(answer).get("status").asInt()).isEqualTo(status);
		assertThat(json(answer).get("detail").asString()).contains(detail);
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JsonMapper.shared().readTree(answer.body());
	}

	record Price(int euros) {
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
			return (topic, request) -> {
				if (topic.equals("failing")) {
					throw new IllegalStateException("cannot decide");
				}
				return !topic.equals("secret") && request.path().equals("/cluster/topics/" + topic);
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

		final BlockingQueue<Price> prices = new LinkedBlockingQueue<>();

		@TopicListener("room:1")
		void message(TopicMessage message) {
			this.messages.add(message);
		}

		@TopicListener({ "prices", "room:1" })
		void price(Price price) {
			this.prices.add(price);
		}

	}

}
