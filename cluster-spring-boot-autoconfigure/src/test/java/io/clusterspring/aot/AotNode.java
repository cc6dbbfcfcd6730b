package io.clusterspring.aot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process of {@link AotApp}, or of another application.
 */
public final class AotNode implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(150);

	private final Process process;

	private final PrintWriter commands;

	private final List<String> output = new CopyOnWriteArrayList<>();

	private AotNode(Process process) {
		this.process = process;
		this.commands = new PrintWriter(process.outputWriter(), true);
		Thread reader = new Thread(this::read, "output of a node");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Start a node with the JDK of this process.
	 * @param options the options of the JVM
	 * @param main the application
	 * @param arguments its properties
	 * @return the node, which may not be ready
	 * @throws IOException if it cannot be started
	 */
	public static AotNode start(List<String> options, Class<?> main, String... arguments) throws IOException {
		return start(Path.of(System.getProperty("java.home")), options, main, arguments);
	}

	/**
	 * Start a node.
	 * @param jdk the home of the JDK that runs it
	 * @param options the options of the JVM
	 * @param main the application
	 * @param arguments its properties
	 * @return the node, which may not be ready
	 * @throws IOException if there is no such JDK
	 */
	public static AotNode start(Path jdk, List<String> options, Class<?> main, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(jdk.resolve("bin/java").toString(), "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
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
	 * Give the node a command.
	 * @param command the line for its input
	 */
	public void tell(String command) {
		this.commands.println(command);
	}

	/**
	 * Wait for a line of the node.
	 * @param start the start of the line
	 * @return the rest of the line
	 */
	public String awaitLine(String start) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.output).as(toString()).anyMatch((line) -> line.startsWith(start)));
		return this.output.stream()
			.filter((line) -> line.startsWith(start))
			.map((line) -> line.substring(start.length()))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Return whether the node has printed a line.
	 * @param line the whole line
	 * @return whether it has
	 */
	public boolean hasTold(String line) {
		return this.output.contains(line);
	}

	/**
	 * Return whether the node runs.
	 * @return whether it does
	 */
	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Return what the node has printed.
	 * @return the lines
	 */
	public List<String> output() {
		return List.copyOf(this.output);
	}

	@Override
	public String toString() {
		return String.join("\n", this.output);
	}

	/**
	 * Kill the node.
	 */
	public void kill() {
		this.process.destroyForcibly();
	}

	@Override
	public void close() {
		kill();
	}

}
