package io.clusterspring.aot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that nodes run from the code that Spring generates ahead of time.
 */
class AotIntegrationTests {

	private static final int PORT = 28190;

	private static final String[] PROPERTIES = { "--cluster.name=aot-" + UUID.randomUUID(), "--cluster.port=" + PORT,
			"--cluster.sync-nodes-optional=n1@127.0.0.1,n2@127.0.0.1", "--server.port=0" };

	private static ProcessedApp app;

	@BeforeAll
	static void process(@TempDir Path folder) throws IOException {
		app = ProcessedApp.in(folder, PROPERTIES).compile();
	}

	@Test
	void twoNodesOfGeneratedCodeAreACluster() throws IOException {
		try (AotNode first = start("n1"); AotNode second = start("n2")) {
			AotVisit.of(port(first), port(second), "n1@127.0.0.1");
			await().atMost(60, TimeUnit.SECONDS).until(() -> first.hasTold("@left room:1"));
			await().atMost(60, TimeUnit.SECONDS).until(() -> first.hasTold("@job") || second.hasTold("@job"));
			assertThat(first.hasTold("@job") && second.hasTold("@job")).as("the job has run on both nodes").isFalse();
		}
	}

	private static AotNode start(String name) throws IOException {
		return AotNode.start(List.of("-Dspring.aot.enabled=true", "-cp", app.classPath()), AotApp.class,
				arguments("--cluster.node=" + name + "@127.0.0.1", PROPERTIES));
	}

	static String[] arguments(String first, String... others) {
		return Stream.concat(Stream.of(first), Stream.of(others)).toArray(String[]::new);
	}

	private static int port(AotNode node) {
		String[] ready = node.awaitLine("@ready ").split(" ");
		assertThat(ready[1]).isEqualTo("generated=true");
		return Integer.parseInt(ready[0]);
	}

}
