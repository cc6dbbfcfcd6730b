package io.clusterspring.aot;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process of {@link AotApp}.
 */
final class AotNode implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(150);

	private final Process process;

	private final List<String> output = new CopyOnWriteArrayList<>();

	private AotNode(Process process) {
		this.process = process;
		Thread reader = new Thread(this::read, "output of a node");
		reader.setDaemon(true);
		reader.start();
	}

	static AotNode start(List<String> options, Class<?> main, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx256m",
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
		command.addAll(options);
		command.add(main.getName());
		command.addAll(List.of(arguments));
		return new AotNode(new ProcessBuilder(command).redirectErrorStream(true).start());
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader()) {
			reader.lines().forEach(this.output::add);
		}
		catch (IOException ex) {
			this.output.add(ex.toString());
		}
	}

	/**
	 * Wait for a line of the node.
	 * @param start the start of the line
	 * @return the rest of the line
	 */
	String awaitLine(String start) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.output).as(toString()).anyMatch((line) -> line.startsWith(start)));
		return this.output.stream()
			.filter((line) -> line.startsWith(start))
			.map((line) -> line.substring(start.length()))
			.findFirst()
			.orElseThrow();
	}

	boolean hasTold(String line) {
		return this.output.contains(line);
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	List<String> output() {
		return List.copyOf(this.output);
	}

	@Override
	public String toString() {
		return String.join("\n", this.output);
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
