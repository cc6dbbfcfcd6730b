package io.clusterspring.samples.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the first command of the README.
 */
@EnabledOnOs(OS.LINUX)
class TwoNodesScriptIntegrationTests {

	private static final String BOTH = "\"nodes\":\\[\"n[12]@127.0.0.1\",\"n[12]@127.0.0.1\"]";

	@AutoClose
	private final ChatCluster cluster = new ChatCluster("script");

	private final int port = this.cluster.ports().nextHttp();

	private Path output;

	private Process script;

	@BeforeEach
	void useThisJar() throws IOException {
		Tool.find("bash", "bash");
		this.output = Files.createTempFile("two-nodes", ".log");
		// the script rebuilds a jar that is older than a source; here Maven does that
		Files.setLastModifiedTime(ChatNode.JAR, FileTime.from(Instant.now()));
	}

	@AfterEach
	void killAll() throws IOException {
		if (this.script != null) {
			this.script.descendants().forEach(ProcessHandle::destroyForcibly);
			this.script.destroyForcibly();
		}
		Files.delete(this.output);
	}

	@Test
	void oneCommandRunsTwoNodesUntilCtrlCAndAgain() throws Exception {
		for (int run = 0; run < 2; run++) {
			start();
			awaitOutput("Ctrl-C stops both.");
			assertThat(printed(1)).contains("\"self\":\"n1@127.0.0.1\"").containsPattern(BOTH);
			assertThat(printed(2)).contains("\"self\":\"n2@127.0.0.1\"").containsPattern(BOTH);
			List<ProcessHandle> nodes = this.script.children().toList();
			assertThat(nodes).hasSize(2);
			interrupt();
			assertThat(this.script.waitFor(120, TimeUnit.SECONDS)).isTrue();
			assertThat(this.script.exitValue()).isEqualTo(130);
			assertThat(Files.readString(this.output)).endsWith("Stopped.\n");
			assertThat(nodes).noneMatch(ProcessHandle::isAlive);
		}
	}

	@Test
	void nodeThatDiesComesBackByTheCommandTheScriptPrints() throws Exception {
		start();
		awaitOutput("Ctrl-C stops both.");
		this.script.children().filter(TwoNodesScriptIntegrationTests::isSecond).forEach(ProcessHandle::destroyForcibly);
		awaitOutput("n2 has ended. To restart it:");
		awaitOutput("--cluster.node=n2@127.0.0.1");
		List<String> lines = Files.readAllLines(this.output);
		String command = lines.get(lines.size() - 1);
		ChatNode n2 = this.cluster.adopt(ChatCluster.N2, this.port + 1, "bash", "-c", "exec " + command.strip());
		n2.awaitServing();
		assertThat(n2.nodes()).containsExactlyInAnyOrder(ChatCluster.N1, ChatCluster.N2);
		assertThat(this.script.isAlive()).isTrue();
	}

	private static boolean isSecond(ProcessHandle node) {
		return node.info().commandLine().orElse("").contains("--cluster.node=n2@");
	}

	private void start() throws IOException {
		// a test run in the background ignores Ctrl-C, and so would its child processes
		ProcessBuilder builder = new ProcessBuilder("env", "--default-signal=INT", "bash", "./two-nodes.sh",
				"--cluster.name=" + this.cluster.name(), "--cluster.port=" + this.cluster.ports().cluster());
		builder.environment().put("CHAT_PORT", String.valueOf(this.port));
		builder.environment().merge("PATH", ChatNode.JAVA.getParent().toString(), (path, bin) -> bin + ":" + path);
		this.script = builder.redirectErrorStream(true).redirectOutput(this.output.toFile()).start();
	}

	private void interrupt() throws Exception {
		new ProcessBuilder("bash", "-c", "kill -INT " + this.script.pid()).inheritIO().start().waitFor();
	}

	private void awaitOutput(String text) {
		ChatNode.eventually().untilAsserted(() -> assertThat(Files.readString(this.output)).contains(text));
	}

	private String printed(int node) throws IOException {
		String start = "n" + node + "  http://127.0.0.1:" + (this.port + node - 1) + "/ ";
		return Files.readAllLines(this.output).stream().filter((line) -> line.startsWith(start)).findFirst().orElse("");
	}

}
