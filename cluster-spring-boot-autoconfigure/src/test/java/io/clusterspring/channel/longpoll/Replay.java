package io.clusterspring.channel.longpoll;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays recorded requests against two nodes. Recorded tokens are replaced by ours.
 * Messages may come with a later poll than in the recording, but in the same order.
 */
class Replay {

	private final int port1;

	private final int port2;

	private final Map<String, String> tokens = new HashMap<>();

	private final Deque<JsonNode> expected = new ArrayDeque<>();

	Replay(int port1, int port2) {
		this.port1 = port1;
		this.port2 = port2;
	}

	void play(JsonNode step) throws Exception {
		if (step.get("status").asInt() == 500) {
			// skipped: Phoenix cannot read lines in version 1, but we can
			return;
		}
		HttpResponse<String> response = Poller.send(request(step));
		assertThat(response.statusCode()).isEqualTo(step.get("status").asInt());
		if (step.get("response").asString().isEmpty()) {
			return;
		}
		JsonNode recorded = JsonMapper.shared().readTree(step.get("response").asString());
		recorded.path("messages")
			.forEach((message) -> this.expected.add(JsonMapper.shared().readTree(message.asString())));
		JsonNode answer = collect(step, recorded, JsonMapper.shared().readTree(response.body()));
		assertThat(answer.propertyNames()).containsExactlyInAnyOrderElementsOf(recorded.propertyNames());
		assertThat(answer.get("status")).isEqualTo(recorded.get("status"));
		assertThat(this.expected).isEmpty();
		if (recorded.has("token")) {
			this.tokens.put(recorded.get("token").asString(), answer.get("token").asString());
		}
	}

	private JsonNode collect(JsonNode step, JsonNode recorded, JsonNode first) throws Exception {
		JsonNode answer = keepToken(first);
		boolean more = take(answer, recorded);
		for (int i = 0; i < 20 && more; i++) {
			answer = keepToken(JsonMapper.shared().readTree(Poller.send(request(step)).body()));
			more = take(answer, recorded);
		}
		return answer;
	}

	private JsonNode keepToken(JsonNode answer) {
		String token = answer.path("token").asString("");
		this.tokens.replaceAll((recorded, former) -> session(former).equals(session(token)) ? token : former);
		return answer;
	}

	private static String session(String token) {
		return token.substring(0, token.lastIndexOf('.') + 1);
	}

	private boolean take(JsonNode answer, JsonNode recorded) {
		boolean ends = recorded.get("status").asInt() == 410;
		for (JsonNode text : answer.path("messages")) {
			JsonNode message = JsonMapper.shared().readTree(text.asString());
			if (ends) {
				// Phoenix drops waiting messages when a session is closed
				assertThat(message.get(3).asString()).isEqualTo("phx_reply");
			}
			else {
				assertThat(message).isEqualTo(this.expected.poll());
			}
		}
		return !this.expected.isEmpty() || (ends && answer.get("status").asInt() != 410);
	}

	private HttpRequest request(JsonNode step) {
		String[] line = step.get("request").asString().split(" :");
		String url = line[1].replaceFirst("4001", "" + this.port1).replaceFirst("4002", "" + this.port2);
		for (Map.Entry<String, String> token : this.tokens.entrySet()) {
			url = url.replace(token.getKey(), token.getValue());
		}
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + url))
			.method(line[0], BodyPublishers.ofString(step.path("body").asString("")));
		String type = step.path("contentType").asString("");
		return (type.isEmpty() ? request : request.header("Content-Type", type)).build();
	}

}
