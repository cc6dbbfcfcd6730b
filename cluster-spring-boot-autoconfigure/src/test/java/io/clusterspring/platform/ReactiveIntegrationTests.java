package io.clusterspring.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

import io.clusterspring.aot.AotNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests a WebFlux application of two nodes, without Spring MVC and a servlet container.
 */
class ReactiveIntegrationTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static String classPath;

	private final HttpClient http = HttpClient.newHttpClient();

	private final String cluster = "reactive-" + UUID.randomUUID();

	@BeforeAll
	static void resolve() throws IOException {
		classPath = Libraries.classPath(Objects.requireNonNull(SpringBootVersion.getVersion()),
				"spring-boot-starter-webflux", "spring-boot-starter-actuator");
		assertThat(classPath).contains("spring-webflux").doesNotContain("spring-webmvc", "tomcat", "jetty", "servlet");
	}

	@Test
	void twoNodesHaveAllButChannels() throws Exception {
		try (AotNode first = node("n1"); AotNode second = node("n2")) {
			int port = port(first);
			int other = port(second);
			assertThat(get(port, "/order/a1")).as("the thread of a request").startsWith("reactor-http");
			for (AotNode node : List.of(first, second)) {
				assertThat(node.awaitLine("@order a1 ")).as("the thread of a listener").doesNotContain("reactor");
			}
			get(other, "/track/bob");
			await().atMost(PATIENCE).untilAsserted(() -> assertThat(get(port, "/present")).contains("bob", "7"));
			await().atMost(PATIENCE).until(() -> first.hasTold("@job") || second.hasTold("@job"));
			assertThat(first.hasTold("@job") && second.hasTold("@job")).as("the job has run on both nodes").isFalse();
			assertThat(get(port, "/actuator/cluster")).contains("n1@127.0.0.1", "n2@127.0.0.1", "\"job\"");
			assertThat(get(port, "/actuator/health")).contains("\"UP\"");
			second.kill();
			await().atMost(PATIENCE).untilAsserted(() -> assertThat(get(port, "/present")).isEqualTo("{}"));
			await().atMost(PATIENCE).until(() -> first.hasTold("@job"));
		}
	}

	private AotNode node(String name) throws IOException {
		return AotNode.start(Path.of(System.getProperty("java.home")), List.of("-cp", classPath), ReactiveApp.class,
				"--cluster.name=" + this.cluster, "--cluster.node=" + name + "@127.0.0.1", "--cluster.port=28260",
				"--cluster.sync-nodes-optional=n1@127.0.0.1,n2@127.0.0.1", "--server.port=0",
				"--management.endpoints.web.exposure.include=health,cluster");
	}

	private static int port(AotNode node) {
		String[] ready = node.awaitLine("@ready ").split(" ");
		assertThat(ready[1]).isEqualTo("AnnotationConfigReactiveWebServerApplicationContext");
		return Integer.parseInt(ready[0]);
	}

	private String get(int port, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
		return this.http.send(request, HttpResponse.BodyHandlers.ofString()).body();
	}

}
