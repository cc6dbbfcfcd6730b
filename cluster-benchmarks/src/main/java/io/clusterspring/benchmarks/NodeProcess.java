package io.clusterspring.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process with a node, which answers each command with a line that begins with
 * {@value #ANSWER}. All other lines are its log, and go to the standard error of this
 * process.
 */
public final class NodeProcess implements AutoCloseable {

	/** The begin of an answer. The first answer is about the start. */
	public static final String ANSWER = "> ";

	/** The begin of an answer that says why a command has failed. */
	public static final String FAILURE = "! ";

	private static final long PATIENCE_SECONDS = 20;

	private final Process process;

	private final PrintWriter commands;

	private final BufferedReader answers;

	private NodeProcess(Process process) {
		this.process = process;
		this.commands = new PrintWriter(process.outputWriter(), true);
		this.answers = process.inputReader();
	}

	/**
	 * Start a process.
	 * @param options the options of the JVM
	 * @param main the main class
	 * @param arguments the arguments of the main class
	 * @return the process
	 * @throws IOException if it cannot be started
	 */
	public static NodeProcess start(List<String> options, Class<?> main, List<String> arguments) throws IOException {
		return new NodeProcess(
				new ProcessBuilder(command(options, main, arguments)).redirectError(ProcessBuilder.Redirect.INHERIT)
					.start());
	}

	/**
	 * Return the command that starts a JVM with the class path of this one.
	 * @param options the options of the JVM
	 * @param main the main class
	 * @param arguments the arguments of the main class
	 * @return the command
	 */
	public static List<String> command(List<String> options, Class<?> main, List<String> arguments) {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(arguments);
		return command;
	}

	/**
	 * Wait until the node has started.
	 * @return what it says
	 * @throws IOException if it cannot be read
	 */
	public String awaitStart() throws IOException {
		return awaitAnswer("its start");
	}

	/**
	 * Send a command, and wait for the answer.
	 * @param command the command
	 * @return the answer
	 * @throws IOException if it cannot be read
	 */
	public String ask(String command) throws IOException {
		tell(command);
		return awaitAnswer(command);
	}

	/**
	 * Send a command, without waiting for the answer.
	 * @param command the command
	 */
	public void tell(String command) {
		this.commands.println(command);
	}

	/**
	 * Wait for the answer to a command.
	 * @param command the command, for the text of a failure
	 * @return the answer
	 * @throws IOException if it cannot be read
	 */
	public String awaitAnswer(String command) throws IOException {
		for (String line = this.answers.readLine(); line != null; line = this.answers.readLine()) {
			if (line.startsWith(ANSWER)) {
				return line.substring(ANSWER.length());
			}
			if (line.startsWith(FAILURE)) {
				throw new IllegalStateException("A node failed with '" + command + "': " + line);
			}
			System.err.println(line);
		}
		throw new IllegalStateException("A node ended before it answered '" + command + "'");
	}

	/**
	 * Return the process, for its CPU time.
	 * @return the process
	 */
	public ProcessHandle handle() {
		return this.process.toHandle();
	}

	/**
	 * Tell the node to end, without waiting for it.
	 */
	public void leave() {
		this.commands.close();
	}

	@Override
	public void close() {
		leave();
		try {
			this.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.process.destroyForcibly();
	}

}
