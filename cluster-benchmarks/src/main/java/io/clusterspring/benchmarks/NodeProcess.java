package io.clusterspring.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running process with a {@link NodeMain}. Its log goes to the standard error of this
 * process.
 */
final class NodeProcess implements AutoCloseable {

	private static final long PATIENCE_SECONDS = 10;

	private final Process process;

	private final PrintWriter commands;

	private final BufferedReader answers;

	private NodeProcess(Process process) {
		this.process = process;
		this.commands = new PrintWriter(process.outputWriter(), true);
		this.answers = process.inputReader();
	}

	static NodeProcess start(List<String> options, List<String> arguments) throws IOException {
		List<String> command = JavaCommand.of(options, NodeMain.class, arguments);
		return new NodeProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
	}

	void awaitStart() throws IOException {
		answer("its start");
	}

	String ask(String command) throws IOException {
		this.commands.println(command);
		return answer(command);
	}

	private String answer(String command) throws IOException {
		for (String line = this.answers.readLine(); line != null; line = this.answers.readLine()) {
			if (line.startsWith(NodeMain.ANSWER)) {
				return line.substring(NodeMain.ANSWER.length());
			}
			if (line.startsWith(NodeMain.FAILURE)) {
				throw new IllegalStateException("A node failed with '" + command + "': " + line);
			}
			System.err.println(line);
		}
		throw new IllegalStateException("A node ended before it answered '" + command + "'");
	}

	/**
	 * End the node.
	 */
	void leave() {
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
