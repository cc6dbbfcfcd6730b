package io.clusterspring.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootVersion;
import org.springframework.util.FileSystemUtils;

import io.clusterspring.aot.AotApp;
import io.clusterspring.aot.AotNode;
import io.clusterspring.aot.AotVisit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that a node which DevTools restarts, with new classes in the same process, leaves
 * its cluster and comes back with its name, and that everything works then.
 */
class DevToolsIntegrationTests {

	private static final String READY = "@ready ";

	private final String cluster = "devtools-" + UUID.randomUUID();

	@TempDir
	Path classes;

	@Test
	void restartedNodeComesBack() throws Exception {
		copyApplication();
		String own = Libraries
			.join(Stream.concat(Stream.of(this.classes.toString()), Stream.concat(Libraries.all(), devTools())));
		try (AotNode restarted = node("n1", own, "--spring.devtools.restart.poll-interval=400ms",
				"--spring.devtools.restart.quiet-period=200ms", "--spring.devtools.livereload.enabled=false");
				AotNode other = node("n2", Libraries.join(Libraries.all()))) {
			AotVisit.of(port(restarted), port(other), "n1@127.0.0.1");
			compileAgain();
			await().atMost(Duration.ofMinutes(2)).until(() -> starts(restarted) == 2);
			assertThat(restarted.isAlive()).isTrue();
			int again = Integer.parseInt(restarted.output()
				.stream()
				.filter((line) -> line.startsWith(READY))
				.reduce((first, second) -> second)
				.orElseThrow()
				.split(" ")[1]);
			AotVisit.of(again, port(other), "n1@127.0.0.1");
			assertThat(other.output()).anyMatch((line) -> line.contains("NodeDown: n1@127.0.0.1 has gone"));
			assertThat(restarted.output()).noneMatch((line) -> line.contains("ClassCastException"));
		}
	}

	private static long starts(AotNode node) {
		return node.output().stream().filter((line) -> line.startsWith(READY)).count();
	}

	private static Stream<String> devTools() throws IOException {
		return Libraries.resolve(Objects.requireNonNull(SpringBootVersion.getVersion()), "spring-boot-devtools")
			.stream()
			.filter((entry) -> entry.contains("spring-boot-devtools"));
	}

	private void copyApplication() throws IOException {
		Path compiled = Path.of(Objects.requireNonNull(AotApp.class.getResource("AotApp.class")).getPath()).getParent();
		FileSystemUtils.copyRecursively(compiled, folder());
		// our modules are jars in an application, which DevTools does not load again
		Path settings = this.classes.resolve("META-INF/spring-devtools.properties");
		Files.createDirectories(settings.getParent());
		Files.writeString(settings, "restart.exclude.modules=/cluster-[a-z-]+/target/");
	}

	private Path folder() {
		return this.classes.resolve(AotApp.class.getPackageName().replace('.', '/'));
	}

	// DevTools compares the time and the size of files
	private void compileAgain() throws IOException {
		Path file = folder().resolve("AotApp.class");
		Path copy = Files.copy(file, this.classes.resolve("copy"));
		Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
	}

	private AotNode node(String name, String classPath, String... arguments) throws IOException {
		String[] all = Stream.concat(Stream.of("--cluster.name=" + this.cluster,
				"--cluster.node=" + name + "@127.0.0.1", "--cluster.port=28270",
				"--cluster.sync-nodes-optional=n1@127.0.0.1,n2@127.0.0.1", "--server.port=0"), Stream.of(arguments))
			.toArray(String[]::new);
		return AotNode.start(Path.of(System.getProperty("java.home")), List.of("-cp", classPath), AotApp.class, all);
	}

	private static int port(AotNode node) {
		return Integer.parseInt(node.awaitLine(READY).split(" ")[0]);
	}

}
