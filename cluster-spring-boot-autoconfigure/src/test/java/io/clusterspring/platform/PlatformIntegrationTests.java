package io.clusterspring.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootVersion;

import io.clusterspring.aot.AotApp;
import io.clusterspring.aot.AotNode;
import io.clusterspring.aot.AotVisit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Tests what is built here with another Spring Boot, and with another JDK: such a node
 * and one of this build are a cluster, in which everything works.
 */
class PlatformIntegrationTests {

	private static final Path THIS_JDK = Path.of(System.getProperty("java.home"));

	private static final Path JDKS = Path.of(System.getProperty("test.jdks", "/usr/lib/jvm"));

	private static final String[] STARTERS = { "spring-boot-starter-websocket", "spring-boot-starter-validation",
			"spring-boot-starter-actuator", "spring-boot-starter-security" };

	private final String cluster = "platform-" + UUID.randomUUID();

	@ParameterizedTest
	@ValueSource(strings = "4.0.7")
	void otherSpringBoot(String version) throws Exception {
		assertThat(SpringBootVersion.getVersion()).startsWith("4.1.");
		String classPath = Libraries.classPath(version, STARTERS);
		assertThat(classPath).contains("spring-boot-" + version + ".jar").doesNotContain("spring-boot-4.1");
		beside(28200, THIS_JDK, classPath);
	}

	@ParameterizedTest
	@ValueSource(ints = { 21, 25 })
	void otherJdk(int version) throws Exception {
		beside(28220 + version, jdk(version), Libraries.join(Libraries.all()));
	}

	@Test
	void olderSpringBootIsRefusedWithASentence() throws Exception {
		String classPath = Libraries.classPath("3.5.7", "spring-boot-starter");
		try (AotNode node = AotNode.start(THIS_JDK, List.of("-cp", classPath), PlainApp.class)) {
			await().atMost(Duration.ofMinutes(2)).until(() -> !node.isAlive());
			assertThat(node.toString()).contains(
					"The cluster starter needs Spring Boot 4.0 or later, but this application has Spring Boot 3.5.7");
		}
	}

	private void beside(int port, Path jdk, String classPath) throws Exception {
		try (AotNode other = node("n1", port, jdk, classPath);
				AotNode own = node("n2", port, THIS_JDK, Libraries.join(Libraries.all()))) {
			int first = port(other);
			AotVisit.of(first, port(own), "n1@127.0.0.1");
			assertThat(get(first, "/actuator/health")).contains("\"UP\"");
			assertThat(get(first, "/actuator/cluster")).contains("n1@127.0.0.1", "n2@127.0.0.1");
			await().atMost(Duration.ofMinutes(1)).until(() -> other.hasTold("@left room:1"));
			await().atMost(Duration.ofMinutes(1)).until(() -> other.hasTold("@job") || own.hasTold("@job"));
			assertThat(other.output()).noneMatch((line) -> line.contains(" ERROR ") || line.contains("LinkageError"));
		}
	}

	private AotNode node(String name, int port, Path jdk, String classPath) throws IOException {
		return AotNode.start(jdk, List.of("-cp", classPath), AotApp.class, "--cluster.name=" + this.cluster,
				"--cluster.node=" + name + "@127.0.0.1", "--cluster.port=" + port,
				"--cluster.sync-nodes-optional=n1@127.0.0.1,n2@127.0.0.1", "--server.port=0",
				"--management.endpoints.web.exposure.include=health,cluster");
	}

	private static int port(AotNode node) {
		return Integer.parseInt(node.awaitLine("@ready ").split(" ")[0]);
	}

	private static String get(int port, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
	}

	private static Path jdk(int version) throws IOException {
		try (Stream<Path> homes = Files.isDirectory(JDKS) ? Files.list(JDKS) : Stream.empty()) {
			return homes.filter((home) -> version(home).equals(String.valueOf(version)))
				.findFirst()
				.orElseGet(() -> abort("There is no JDK " + version + " in " + JDKS));
		}
	}

	private static String version(Path home) {
		Path release = home.resolve("release");
		if (!Files.isRegularFile(release)) {
			return "";
		}
		Properties properties = new Properties();
		try (InputStream in = Files.newInputStream(release)) {
			properties.load(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties.getProperty("JAVA_VERSION", "").replace("\"", "").split("\\.")[0];
	}

}
