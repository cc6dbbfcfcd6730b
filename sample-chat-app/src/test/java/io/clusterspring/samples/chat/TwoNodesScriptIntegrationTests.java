package io.clusterspring.samples.chat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
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

	@Test
	void pageShowsBothNodesKillsOneAndStartsItAgain() throws Exception {
		start();
		awaitOutput("Ctrl-C stops both.");
		try (ChatPage both = ChatPage.launch().showOn(ChatPage.Screen.DESKTOP).openBoth(url(1))) {
			for (String node : List.of("n1", "n2")) {
				awaitText(both, "order-" + node, "Kill " + node);
				ChatNode.eventually().until(() -> both.inFrame(node, ChatPage::canSay));
			}
			assertThat(both.violations()).isEmpty();
			say(both, "n1", "hello over there");
			ChatNode.eventually()
				.untilAsserted(
						() -> assertThat(both.text("way")).matches("n1@127.0.0.1 (→ n2@.*|, on the .*): \\d+ ms"));
			awaitMessage(both, "n2", new ChatPage.Line("Ann", ChatCluster.N1, "hello over there"));
			both.press("order-n2");
			awaitOutput("n2 is killed by the page");
			awaitText(both, "order-n2", "Start n2");
			ChatNode.eventually().untilAsserted(() -> assertThat(both.canPress("order-n1")).isFalse());
			say(both, "n1", "missed");
			both.press("order-n2");
			awaitOutput("n2 is started by the page");
			awaitText(both, "order-n2", "Kill n2");
			awaitMessage(both, "n2", new ChatPage.Line("Ann", ChatCluster.N1, "missed"));
			assertThat(both.inFrame("n2", ChatPage::returns)).singleElement()
				.asString()
				.endsWith("caught up: 1 message.");
			both.showOn(ChatPage.Screen.PHONE);
			assertThat(both.isWiderThanTheScreen()).isFalse();
			assertThat(both.canPress("order-n1")).isTrue();
			assertThat(both.violations()).isEmpty();
		}
		assertThat(order(url(1), "/lab/n2/kill", "http://foreign.example")).isEqualTo(403);
		assertThat(order(url(1), "/lab/n2/kill", null)).isEqualTo(403);
		assertThat(order(url(1), "/lab/n3/kill", url(2))).isEqualTo(404);
		assertThat(order(url(1), "/lab/n2/drop", url(2))).isEqualTo(404);
		assertThat(this.script.children()).hasSize(2);
	}

	private static void awaitText(ChatPage page, String testId, String text) {
		ChatNode.eventually().untilAsserted(() -> assertThat(page.text(testId)).isEqualTo(text));
	}

	private static void awaitMessage(ChatPage both, String node, ChatPage.Line message) {
		ChatNode.eventually().untilAsserted(() -> assertThat(both.inFrame(node, ChatPage::messages)).contains(message));
	}

	private static void say(ChatPage both, String node, String text) {
		both.inFrame(node, (page) -> {
			page.say(text);
			return text;
		});
	}

	private static int order(String url, String path, @Nullable String origin) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
			.POST(HttpRequest.BodyPublishers.noBody());
		if (origin != null) {
			request.header("Origin", origin);
		}
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
	}

	private String url(int node) {
		return "http://127.0.0.1:" + (this.port + node - 1);
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
