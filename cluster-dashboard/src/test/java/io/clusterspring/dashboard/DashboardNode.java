package io.clusterspring.dashboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A running process with a {@link DashboardApp}.
 */
final class DashboardNode implements AutoCloseable {

	private final Process process;

	private final int port;

	private final List<String> output = new CopyOnWriteArrayList<>();

	private DashboardNode(Process process, int port) {
		this.process = process;
		this.port = port;
		Thread reader = new Thread(this::read, "output of a node");
		reader.setDaemon(true);
		reader.start();
	}

	static DashboardNode start(int port, String... properties) {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx512m",
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				DashboardApp.class.getName(), "--server.port=" + port, "--server.address=127.0.0.1",
				"--management.endpoints.web.exposure.include=health,cluster,cluster-dashboard"));
		for (String property : properties) {
			command.add("--" + property);
		}
		try {
			return new DashboardNode(new ProcessBuilder(command).redirectErrorStream(true).start(), port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader()) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				this.output.add(line);
			}
		}
		catch (IOException ex) {
			this.output.add(ex.toString());
		}
	}

	DashboardNode awaitReady() {
		await().atMost(Duration.ofMinutes(3)).until(() -> this.output.contains("@ready") || !isAlive());
		assertThat(this.output).as("output of a node").contains("@ready");
		return this;
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	String page() {
		return "http://127.0.0.1:" + this.port + "/actuator/cluster-dashboard";
	}

	int port() {
		return this.port;
	}

	/** Send SIGKILL, so that the node ends without a word. */
	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
