package io.clusterspring.samples.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One node of the sample: the packaged jar in a process of its own, with its output in a
 * file.
 */
final class ChatNode {

	static final Path JAR = Path.of(System.getProperty("sample.jar", "target/sample-chat-app.jar")).toAbsolutePath();

	static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private static final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

	private final String name;

	private final int httpPort;

	private final Process process;

	private final Path log;

	private ChatNode(String name, int httpPort, Process process, Path log) {
		this.name = name;
		this.httpPort = httpPort;
		this.process = process;
		this.log = log;
	}

	/**
	 * Start the jar, without waiting.
	 */
	static ChatNode start(String name, int httpPort, Path log, Map<String, String> environment, String... arguments)
			throws IOException {
		List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-XX:TieredStopAtLevel=1", "-Xmx256m", "-jar",
				JAR.toString(), "--server.port=" + httpPort, "--cluster.node=" + name));
		command.addAll(List.of(arguments));
		return run(name, httpPort, log, environment, command);
	}

	/**
	 * Start a node by a given command.
	 */
	static ChatNode run(String name, int httpPort, Path log, Map<String, String> environment, List<String> command)
			throws IOException {
		Files.createDirectories(log.getParent());
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		builder.environment().putAll(environment);
		return new ChatNode(name, httpPort, builder.start(), log);
	}

	/**
	 * The timeout of all these tests, long enough for a busy machine.
	 */
	static ConditionFactory eventually() {
		return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).pollDelay(Duration.ZERO);
	}

	String name() {
		return this.name;
	}

	int httpPort() {
		return this.httpPort;
	}

	String url() {
		return "http://127.0.0.1:" + this.httpPort;
	}

	long pid() {
		return this.process.pid();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Return the output of the node.
	 */
	String log() {
		try {
			return new String(Files.readAllBytes(this.log), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean listens() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.httpPort)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Return the content of {@code /cluster.json}, or nothing while the node does not
	 * listen.
	 */
	Optional<ClusterState> state() {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/cluster.json"))
			.timeout(Duration.ofSeconds(10))
			.build();
		try {
			HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
			assertThat(response.statusCode()).isEqualTo(200);
			return Optional.of(JsonMapper.shared().readValue(response.body(), ClusterState.class));
		}
		catch (ConnectException ex) {
			return Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	List<String> nodes() {
		return state().map(ClusterState::nodes).orElse(List.of());
	}

	ChatNode awaitServing() {
		eventually().until(() -> {
			assertThat(isAlive()).as("%s has ended, its log:%n%s", this.name, log()).isTrue();
			return state().isPresent();
		});
		return this;
	}

	ChatNode awaitLog(String text) {
		eventually().untilAsserted(() -> assertThat(log()).contains(text));
		return this;
	}

	/**
	 * Wait until the process has ended.
	 * @return its exit code
	 */
	int awaitExit() throws InterruptedException {
		assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
			.as("%s has not ended, its log:%n%s", this.name, log())
			.isTrue();
		return this.process.exitValue();
	}

	/**
	 * Send SIGTERM, so that the node leaves in order.
	 */
	void stop() {
		this.process.destroy();
	}

	/**
	 * Send {@code STOP} or {@code CONT}.
	 */
	void signal(String signal) throws Exception {
		assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(pid())).inheritIO().start().waitFor())
			.isZero();
	}

	/**
	 * Send SIGKILL, so that the node ends at once.
	 */
	void kill() {
		this.process.destroyForcibly();
		this.process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
	}

}
