package io.clusterspring.failure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A running process with a {@link NodeMain}, which can be frozen and is killed in the
 * end.
 */
final class NodeProcess implements AutoCloseable {

	private final String name;

	private final Process process;

	private final PrintWriter commands;

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final List<String> output = new CopyOnWriteArrayList<>();

	private final BlockingQueue<NodeReport> reports = new LinkedBlockingQueue<>();

	private NodeProcess(String name, Process process) {
		this.name = name;
		this.process = process;
		this.commands = new PrintWriter(process.outputWriter(), true);
		Thread reader = new Thread(this::read, "output of " + name);
		reader.setDaemon(true);
		reader.start();
	}

	static NodeProcess start(List<String> prefix, List<String> arguments, String node, List<String> listed)
			throws IOException {
		return start(NodeMain.class, prefix, arguments, node, listed);
	}

	static NodeProcess start(Class<?> main, List<String> prefix, List<String> arguments, String node,
			List<String> listed) throws IOException {
		return start(main, prefix, List.of(), arguments, node, listed);
	}

	static NodeProcess start(Class<?> main, List<String> prefix, List<String> options, List<String> arguments,
			String node, List<String> listed) throws IOException {
		List<String> command = new ArrayList<>(prefix);
		command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx256m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1"));
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(arguments);
		command.add(node);
		command.addAll(listed);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		return new NodeProcess(node.substring(0, node.indexOf('@')), process);
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader()) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				if (line.startsWith("@report")) {
					this.reports.add(NodeReport.of(line.split(" ")));
				}
				else {
					(line.startsWith("@") ? this.events : this.output).add(line);
				}
			}
		}
		catch (IOException ex) {
			this.output.add(ex.toString());
		}
	}

	void tell(String command) {
		this.commands.println(command);
	}

	NodeReport report() {
		try {
			tell("report");
			NodeReport report = this.reports.poll(60, TimeUnit.SECONDS);
			assertThat(report).as(this.name + " answers: " + this.output).isNotNull();
			return report;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Wait for the last of the events with these words.
	 * @param event the first words of the event, such as {@code up n1}
	 * @param count the number of events to wait for
	 * @param patience the longest wait
	 * @return when it happened, in milliseconds since the epoch
	 */
	long awaitEvent(String event, int count, Duration patience) {
		await().atMost(patience)
			.untilAsserted(() -> assertThat(this.events).as(this.name + " " + this.output)
				.filteredOn((line) -> line.startsWith("@" + event + " "))
				.hasSizeGreaterThanOrEqualTo(count));
		List<String> found = this.events.stream().filter((line) -> line.startsWith("@" + event + " ")).toList();
		String line = found.get(count - 1);
		return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
	}

	List<String> events() {
		return List.copyOf(this.events);
	}

	List<String> output() {
		return List.copyOf(this.output);
	}

	void signal(String signal) {
		try {
			Process kill = new ProcessBuilder("kill", "-" + signal, "" + this.process.pid()).inheritIO().start();
			assertThat(kill.waitFor()).isZero();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	void awaitExit() {
		await().until(() -> !this.process.isAlive());
	}

	int exitCode() {
		return this.process.exitValue();
	}

	@Override
	public String toString() {
		return this.name + " " + this.events + " " + this.output;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
