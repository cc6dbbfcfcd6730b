package io.clusterspring.samples.chat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a restart of both nodes, one after the other, while 60 clients listen to two
 * publishers. The clients use the {@code phoenix} package of npm, behind a load balancer.
 */
class RollingRestartIntegrationTests {

	private static final Log logger = LogFactory.getLog(RollingRestartIntegrationTests.class);

	private static final String[] DRAIN = { "--cluster.channels.drain.batch-size=5",
			"--cluster.channels.drain.interval=200ms" };

	@AutoClose
	private final ChatCluster cluster = new ChatCluster("rolling");

	@Test
	void clientsComeBackLittleByLittleAndLoseNothingWhileTheyAreThere() throws Exception {
		Path node = Tool.find("Node.js 20 or newer, with npm", "node");
		ChatNode n1 = this.cluster.start(ChatCluster.N1, DRAIN);
		ChatNode n2 = this.cluster.start(ChatCluster.N2, DRAIN);
		this.cluster.awaitWhole();
		Path output = Files.createTempFile("rolling", ".log");
		Process clients = new ProcessBuilder(node.toString(), "src/test/phoenix/run.mjs", "rollingRestart", n1.url(),
				n2.url())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try (BufferedWriter input = clients.outputWriter()) {
			ChatNode.eventually().until(() -> Files.readString(output).contains("ready") || !clients.isAlive());
			restart(n1, input);
			restart(n2, input);
			tell(input, "done");
			boolean ended = clients.waitFor(120, TimeUnit.SECONDS);
			String said = Files.readString(output);
			assertThat(ended).as("the clients have not ended, their output:%n%s", said).isTrue();
			assertThat(clients.exitValue()).as("the output of the clients:%n%s", said).isZero();
			logger.info(said);
		}
		finally {
			clients.destroyForcibly();
			Files.delete(output);
		}
	}

	private void restart(ChatNode node, BufferedWriter input) throws Exception {
		tell(input, "restart");
		node.stop();
		node.awaitExit();
		assertThat(node.log()).contains(" connections, 5 every 200 ms").containsPattern("Closed \\d+ connections in");
		this.cluster.ensure(node, node.name(), DRAIN);
		this.cluster.awaitWhole();
	}

	private static void tell(BufferedWriter input, String line) throws IOException {
		input.write(line);
		input.newLine();
		input.flush();
	}

}
