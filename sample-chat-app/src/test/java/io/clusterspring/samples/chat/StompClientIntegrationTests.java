package io.clusterspring.samples.chat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the {@code @stomp/stompjs} package of npm, on Node.js, with two nodes. The cases
 * are in {@code src/test/stomp}.
 */
class StompClientIntegrationTests {

	@AutoClose
	private static final ChatCluster cluster = new ChatCluster("stomp");

	private static Path node;

	private static ChatNode n1;

	private static ChatNode n2;

	@BeforeEach
	void twoNodes() throws Exception {
		node = Tool.find("Node.js 20 or newer, with npm", "node");
		n1 = cluster.ensure(n1, ChatCluster.N1);
		n2 = cluster.ensure(n2, ChatCluster.N2);
		cluster.awaitWhole();
	}

	@Test
	void roomsReachFromNodeToNode() throws Exception {
		run("rooms");
	}

	@Test
	void messagesToTheBrokerReachPatternsOnTheOtherNode() throws Exception {
		run("straightToTheBroker");
	}

	@Test
	void whispersReachEverySessionOfAUserOnce() throws Exception {
		run("whispers");
	}

	@Test
	void heartbeatsAndReceiptsAreAnswered() throws Exception {
		run("heartbeats");
	}

	@Test
	void usersOfADeadNodeAreGoneSoon() throws Exception {
		run("usersOfADeadNode", Long.toString(n2.pid()));
	}

	private static void run(String name, String... more) throws Exception {
		File output = Files.createTempFile("stomp-" + name, ".log").toFile();
		List<String> command = new ArrayList<>(
				List.of(node.toString(), "src/test/stomp/run.mjs", name, n1.url(), n2.url()));
		command.addAll(List.of(more));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
		try {
			boolean ended = process.waitFor(120, TimeUnit.SECONDS);
			String said = Files.readString(output.toPath());
			assertThat(ended).as("%s has not ended, its output:%n%s", name, said).isTrue();
			assertThat(process.exitValue()).as("%s said:%n%s", name, said).isZero();
		}
		finally {
			process.destroyForcibly();
			Files.delete(output.toPath());
		}
	}

}
