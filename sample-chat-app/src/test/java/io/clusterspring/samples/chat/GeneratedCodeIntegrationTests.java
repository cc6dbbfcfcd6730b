package io.clusterspring.samples.chat;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the chat with the code that {@code spring-boot:process-aot} has generated for its
 * jar.
 */
class GeneratedCodeIntegrationTests {

	@AutoClose
	private final ChatCluster cluster = new ChatCluster("generated");

	@Test
	void chatWorksWithGeneratedCode() throws Exception {
		ChatNode n1 = start(ChatCluster.N1);
		ChatNode n2 = start(ChatCluster.N2);
		this.cluster.awaitWhole();
		for (ChatNode node : new ChatNode[] { n1, n2 }) {
			assertThat(node.log()).contains("Starting AOT-processed ChatApplication");
		}
		for (String name : List.of("twoPublishersOnTwoNodes", "refusals", "presenceOnTwoNodes")) {
			NodeScript.run(name, n1.url(), n2.url());
		}
		for (String name : List.of("rooms", "whispers")) {
			NodeScript.runIn("stomp", name, n1.url(), n2.url());
		}
	}

	private ChatNode start(String node) throws IOException {
		int port = this.cluster.ports().nextHttp();
		return this.cluster.adopt(node, port, ChatNode.JAVA.toString(), "-XX:TieredStopAtLevel=1", "-Xmx256m",
				"-Dspring.aot.enabled=true", "-jar", ChatNode.JAR.toString(), "--server.port=" + port,
				"--cluster.node=" + node, "--cluster.name=" + this.cluster.name(),
				"--cluster.port=" + this.cluster.ports().cluster());
	}

}
