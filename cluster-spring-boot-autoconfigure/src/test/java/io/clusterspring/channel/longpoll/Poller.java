package io.clusterspring.channel.longpoll;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A long polling client on a plain HTTP client.
 */
class Poller {

	private static final HttpClient http = HttpClient.newHttpClient();

	private final String query;

	@Nullable String token;

	Poller(String query) {
		this.query = query;
	}

	/**
	 * Open a session on a node, with version 2 of the protocol.
	 */
	static Poller open(int port) throws Exception {
		Poller poller = new Poller("vsn=2.0.0");
		assertThat(poller.get(port).get("status").asInt()).isEqualTo(410);
		return poller;
	}

	JsonNode get(int port) throws Exception {
		return getLater(port).get();
	}

	CompletableFuture<JsonNode> getLater(int port) {
		return http.sendAsync(request(port).GET().build(), HttpResponse.BodyHandlers.ofString())
			.thenApply(Poller::json)
			.thenApply(this::keepToken);
	}

	private JsonNode keepToken(JsonNode answer) {
		if (answer.has("token")) {
			this.token = answer.get("token").asString();
		}
		return answer;
	}

	int post(int port, String body) throws Exception {
		return post(port, "application/json", body);
	}

	int post(int port, String contentType, String body) throws Exception {
		return post(port, contentType, body.getBytes(StandardCharsets.UTF_8));
	}

	int post(int port, String contentType, byte[] body) throws Exception {
		HttpRequest request = request(port).header("Content-Type", contentType)
			.POST(BodyPublishers.ofByteArray(body))
			.build();
		return json(http.send(request, HttpResponse.BodyHandlers.ofString())).get("status").asInt();
	}

	/**
	 * Return the one message of a request that waits, or of a later one if that ended
	 * without.
	 */
	String message(CompletableFuture<JsonNode> waiting, int... ports) throws Exception {
		List<String> messages = texts(waiting.get(30, TimeUnit.SECONDS));
		return (messages.isEmpty() ? messages(1, ports) : messages).get(0);
	}

	/**
	 * Return the messages in an answer of a session that goes on.
	 */
	static List<String> texts(JsonNode answer) {
		assertThat(answer.get("status").asInt()).as("status of %s", answer).isIn(200, 204);
		return answer.get("messages").valueStream().map(JsonNode::asString).toList();
	}

	/**
	 * Poll until this number of messages was received.
	 */
	List<String> messages(int count, int... ports) throws Exception {
		List<String> messages = new ArrayList<>();
		long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
		for (int i = 0; messages.size() < count && System.nanoTime() < deadline; i++) {
			messages.addAll(texts(get(ports[i % ports.length])));
		}
		assertThat(messages).hasSize(count);
		return messages;
	}

	HttpRequest.Builder request(int port) {
		URI uri = URI.create("http://127.0.0.1:" + port + "/socket/longpoll?" + this.query);
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
		return (this.token != null) ? request.header("X-Phoenix-Longpoll-Token", this.token) : request;
	}

	static HttpResponse<String> send(HttpRequest request) throws Exception {
		return http.send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static JsonNode json(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("content-type")).hasValueSatisfying(
				(type) -> assertThat(type.replace(" ", "")).isEqualToIgnoringCase("application/json;charset=utf-8"));
		assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
		return JsonMapper.shared().readTree(response.body());
	}

}
