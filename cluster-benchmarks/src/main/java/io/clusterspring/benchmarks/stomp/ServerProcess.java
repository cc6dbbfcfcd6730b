package io.clusterspring.benchmarks.stomp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.clusterspring.benchmarks.JavaCommand;

/**
 * A running process with a {@link StompServer}. Its log goes to the standard error of
 * this process.
 */
final class ServerProcess implements AutoCloseable {

	private final Process process;

	private final PrintWriter commands;

	private final BufferedReader answers;

	private ServerProcess(Process process) {
		this.process = process;
		this.commands = new PrintWriter(process.outputWriter(), true);
		this.answers = process.inputReader();
	}

	static ServerProcess start(List<String> options, List<String> arguments) throws IOException {
		List<String> command = JavaCommand.of(options, StompServer.class, arguments);
		return new ServerProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
	}

	/**
	 * Wait for the next answer of the server. The first one is its port.
	 * @return the number in the answer
	 */
	long answer() throws IOException {
		for (String line = this.answers.readLine(); line != null; line = this.answers.readLine()) {
			if (line.startsWith(StompServer.ANSWER)) {
				return Long.parseLong(line.substring(StompServer.ANSWER.length()));
			}
			System.err.println(line);
		}
		throw new IllegalStateException("A node has ended");
	}

	long liveHeap() throws IOException {
		this.commands.println();
		return answer();
	}

	ProcessHandle handle() {
		return this.process.toHandle();
	}

	@Override
	public void close() {
		this.commands.close();
		try {
			this.process.waitFor(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.process.destroyForcibly();
	}

}
