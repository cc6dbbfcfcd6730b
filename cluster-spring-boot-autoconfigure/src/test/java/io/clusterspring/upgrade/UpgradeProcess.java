package io.clusterspring.upgrade;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An {@link UpgradeNode} that runs.
 */
final class UpgradeProcess implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private final Process process;

	private final PrintWriter commands;

	private final List<String> output = new CopyOnWriteArrayList<>();

	private int port;

	private UpgradeProcess(Process process) {
		this.process = process;
		this.commands = new PrintWriter(process.outputWriter(), true);
		Thread reader = new Thread(this::read, "output of a node");
		reader.setDaemon(true);
		reader.start();
	}

	static UpgradeProcess start(String classPath, List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx256m",
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath, UpgradeNode.class.getName()));
		command.addAll(arguments);
		return new UpgradeProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader()) {
			reader.lines().forEach(this.output::add);
		}
		catch (IOException ex) {
			this.output.add(ex.toString());
		}
	}

	UpgradeProcess awaitReady() {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.output).as(log()).anyMatch((line) -> line.startsWith("@ready ")));
		this.port = this.output.stream()
			.filter((line) -> line.startsWith("@ready "))
			.mapToInt((line) -> Integer.parseInt(line.substring("@ready ".length())))
			.findFirst()
			.orElseThrow();
		return this;
	}

	int port() {
		return this.port;
	}

	void tell(String command) {
		this.commands.println(command);
	}

	void awaitEvent(String event) {
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(this.output).as(log()).contains("@" + event));
	}

	boolean hasTold(String event) {
		return this.output.contains("@" + event);
	}

	String log() {
		return String.join("\n", this.output);
	}

	void leave() {
		tell("leave");
		await().atMost(PATIENCE).until(() -> !this.process.isAlive());
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
