package io.clusterspring.failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests a node whose own host name can be resolved only some time after the start, or
 * never.
 */
class OwnHostIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void nodeStartsWhenItsHostIsKnown() throws Exception {
		Path hosts = Files.writeString(this.directory.resolve("hosts"), "127.0.0.1 localhost\n");
		try (NodeProcess node = start(hosts, "n1@late-host", "--cluster.port=28550")) {
			await().atMost(NodeProcesses.PATIENCE)
				.untilAsserted(() -> assertThat(node.output())
					.anyMatch((line) -> line.contains("n1@late-host does not know its own address yet")));
			assertThat(node.events()).isEmpty();
			Files.writeString(hosts, "127.0.0.1 localhost\n127.0.0.7 late-host\n");
			node.awaitEvent("started", 1, NodeProcesses.PATIENCE);
			node.tell("describe");
			node.awaitEvent("at n1@late-host 127.0.0.7:28550", 1, NodeProcesses.PATIENCE);
		}
	}

	@Test
	void bootFailsWhenTheTimeIsOver() throws Exception {
		Path hosts = Files.writeString(this.directory.resolve("hosts"), "127.0.0.1 localhost\n");
		try (NodeProcess node = start(hosts, "n1@never-host", "--cluster.sync-nodes-timeout=1s")) {
			node.awaitExit();
			assertThat(node.exitCode()).isNotZero();
			assertThat(String.join("\n", node.output())).contains("cannot listen on host 'never-host'",
					"the host is unknown");
		}
	}

	private static NodeProcess start(Path hosts, String node, String property) throws IOException {
		List<String> prefix = List.of("env",
				"JAVA_TOOL_OPTIONS=-Djdk.net.hosts.file=" + hosts + " -Dsun.net.inetaddr.negative.ttl=0");
		return NodeProcess.start(BootMain.class, prefix, List.of("--cluster.name=own-host", property), node, List.of());
	}

}
