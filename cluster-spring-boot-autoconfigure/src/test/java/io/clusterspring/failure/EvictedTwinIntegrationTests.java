package io.clusterspring.failure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.autoconfigure.TextClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests an application that is frozen and resumes after another process has got its name.
 */
class EvictedTwinIntegrationTests {

	private static final List<String> LISTED = List.of("n1@127.0.0.1", "n2@127.0.0.1", "n3@127.0.0.1");

	private static final Duration PATIENCE = NodeProcesses.PATIENCE;

	private final HttpClient http = HttpClient.newHttpClient();

	private final String cluster = "twin-" + UUID.randomUUID();

	private final List<NodeProcess> processes = new ArrayList<>();

	@AfterEach
	void stop() {
		this.processes.forEach(NodeProcess::close);
	}

	@Test
	void stopsItsApplicationsSendsItsClientsAwayAndComesBackWhenTheNameIsFree() throws Exception {
		NodeProcess first = start("n1", "rejoin");
		NodeProcess old = start("n2", "rejoin");
		start("n3", "rejoin");
		old.awaitEvent("job-starts", 1, PATIENCE);
		int port = port(old);
		TextClient phoenix = TextClient.connect(port, "/socket/websocket?vsn=2.0.0");
		TextClient stomp = TextClient.stomp(port, "/ws");
		assertThat(status(port, "/actuator/health/readiness")).isEqualTo(200);
		NodeProcess twin = replace(old);
		old.signal("CONT");
		long thawed = System.currentTimeMillis();
		long stopped = old.awaitEvent("job-stops", 1, PATIENCE);
		assertThat(stopped - thawed).as("milliseconds until it has stopped").isLessThan(30_000);
		old.awaitEvent("down n1", 1, PATIENCE);
		old.awaitEvent("down n3", 1, PATIENCE);
		isOutOfService(port);
		for (TextClient client : List.of(phoenix, stomp)) {
			assertThat(client.closed()).succeedsWithin(PATIENCE).asString().startsWith("1012 ");
		}
		for (String path : List.of("/socket/websocket?vsn=2.0.0", "/ws")) {
			CompletionException refused = catchThrowableOfType(CompletionException.class,
					() -> TextClient.connect(port, path));
			assertThat(((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode()).isEqualTo(503);
		}
		assertThat(old.output()).filteredOn((line) -> line.contains("was evicted from the cluster")).hasSize(1);
		assertThat(first.events()).filteredOn((event) -> event.startsWith("@up n2")).hasSize(2);
		assertThat(first.events()).filteredOn((event) -> event.startsWith("@down n2")).hasSize(1);
		assertThat(twin.events()).noneMatch((event) -> event.startsWith("@job-stops"));
		twin.signal("KILL");
		old.awaitEvent("up n1", 2, PATIENCE);
		old.awaitEvent("up n3", 2, PATIENCE);
		old.awaitEvent("job-starts", 2, PATIENCE);
		await().atMost(PATIENCE).until(() -> status(port, "/actuator/health/readiness") == 200);
		assertThat(status(port, "/actuator/health")).isEqualTo(200);
		TextClient.connect(port, "/socket/websocket?vsn=2.0.0").close();
	}

	@Test
	void endsWithACodeIfAskedTo() throws Exception {
		start("n1", "exit");
		NodeProcess old = start("n2", "exit");
		start("n3", "exit");
		old.awaitEvent("job-starts", 1, PATIENCE);
		NodeProcess twin = replace(old);
		old.signal("CONT");
		old.awaitEvent("job-stops", 1, PATIENCE);
		old.awaitExit();
		assertThat(old.exitCode()).isEqualTo(75);
		assertThat(twin.events()).noneMatch((event) -> event.startsWith("@job-stops"));
	}

	private NodeProcess replace(NodeProcess old) throws IOException {
		old.signal("STOP");
		NodeProcess twin = start("n2", "rejoin");
		twin.awaitEvent("up n1", 1, PATIENCE);
		twin.awaitEvent("job-starts", 1, PATIENCE);
		return twin;
	}

	private void isOutOfService(int port) throws Exception {
		await().atMost(PATIENCE).until(() -> status(port, "/actuator/health/readiness") == 503);
		assertThat(status(port, "/actuator/health/liveness")).isEqualTo(200);
		assertThat(get(port, "/actuator/health/readiness").body()).contains("OUT_OF_SERVICE");
		HttpResponse<String> health = get(port, "/actuator/health");
		assertThat(health.statusCode()).isEqualTo(503);
		assertThat(health.body()).contains("another live process has the name of this node");
		assertThat(get(port, "/actuator/cluster").body()).contains("\"evicted\":true",
				"\"coordinator\":\"n2@127.0.0.1\"");
		assertThat(get(port, "/actuator/metrics/cluster.evictions").body()).contains("1.0");
	}

	private NodeProcess start(String name, String action) throws IOException {
		NodeProcess process = NodeProcess.start(TwinMain.class, List.of(), List.of(this.cluster, "28100", action),
				name + "@127.0.0.1", LISTED);
		this.processes.add(process);
		port(process);
		return process;
	}

	private static int port(NodeProcess process) {
		process.awaitEvent("http", 1, PATIENCE);
		return process.events()
			.stream()
			.filter((event) -> event.startsWith("@http "))
			.map((event) -> Integer.parseInt(event.split(" ")[1]))
			.findFirst()
			.orElseThrow();
	}

	private int status(int port, String path) throws Exception {
		return get(port, path).statusCode();
	}

	private HttpResponse<String> get(int port, String path) throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

}
