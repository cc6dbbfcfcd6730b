package io.clusterspring.failure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests what a node shows of others that are frozen, leave or are killed.
 */
class SilentNodeIntegrationTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final List<String> arguments = List.of("--cluster.name=silent-" + UUID.randomUUID(), "--cluster.port=18470",
			"--cluster.sync-nodes-timeout=60s", "--cluster.failure-detection.timeout=60s");

	private ConfigurableApplicationContext context;

	@BeforeEach
	void start() {
		this.context = new SpringApplicationBuilder(SectionNodeMain.App.class)
			.properties("server.port=0", "cluster.node=n1@127.0.0.1",
					"management.endpoints.web.exposure.include=cluster")
			.run(this.arguments.toArray(String[]::new));
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void frozenNodeIsNamedAndDoesNotDelayTheNextQuestions() throws Exception {
		try (NodeProcess other = process("n2@127.0.0.1")) {
			await().until(() -> get("nodes").get("answered").size() == 2);
			other.signal("STOP");
			JsonNode answer = get("nodes?timeout=500ms");
			assertThat(answer.get("silent"))
				.hasToString("[{\"node\":\"n2@127.0.0.1\",\"reason\":\"no answer in 500 ms\"}]");
			assertThat(answer.get("answered")).hasToString("[\"n1@127.0.0.1\"]");
			assertThat(answer.get("items").get(0).get("sees")).hasSize(2);
			long start = System.nanoTime();
			for (String section : List.of("nodes", "topics", "sockets", "distributed")) {
				assertThat(get(section + "?timeout=10s").get("silent").get(0).get("reason").stringValue())
					.isEqualTo("has not answered an earlier question yet");
			}
			assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
			other.signal("CONT");
			await().until(() -> get("nodes").get("answered").size() == 2);
			assertThat(get("nodes").get("items").get(0).get("roundTrips").get("n2@127.0.0.1").longValue()).isPositive();
		}
	}

	@Test
	void theHistoryOfViewsSaysWhyNodesHaveGone() throws Exception {
		try (NodeProcess leaving = process("n2@127.0.0.1"); NodeProcess killed = process("n3@127.0.0.1")) {
			await().until(() -> get("nodes").get("answered").size() == 3);
			leaving.tell("leave");
			awaitGone("n2@127.0.0.1", "left");
			assertThat(get("views?node=n3@127.0.0.1").get("items").get(0).get("gone"))
				.hasToString("[{\"node\":\"n2@127.0.0.1\",\"reason\":\"left\"}]");
			killed.signal("KILL");
			awaitGone("n3@127.0.0.1", "suspected: its connection was closed");
			JsonNode views = get("views");
			assertThat(views.get("answered")).hasSize(1);
			assertThat(views.get("items").get(0).get("nodes")).hasToString("[\"n1@127.0.0.1\"]");
			assertThat(get("views?limit=1").get("items")).hasSize(1);
			JsonNode second = get("views?limit=1&after=" + get("views?limit=1").get("next").stringValue());
			assertThat(second.get("items").get(0).get("gone").get(0).get("reason").stringValue()).isEqualTo("left");
		}
	}

	private void awaitGone(String node, String reason) {
		await().untilAsserted(() -> assertThat(get("views").get("items").get(0).get("gone"))
			.hasToString("[{\"node\":\"" + node + "\",\"reason\":\"" + reason + "\"}]"));
	}

	private NodeProcess process(String node) throws IOException {
		List<String> all = new ArrayList<>(this.arguments);
		all.add("--cluster.sync-nodes-optional=n1@127.0.0.1");
		return NodeProcess.start(SectionNodeMain.class, List.of(), all, node, List.of());
	}

	private JsonNode get(String path) throws Exception {
		int port = ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
		URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/cluster/" + path);
		HttpResponse<String> response = HTTP.send(HttpRequest.newBuilder(uri).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

}
