package io.clusterspring.samples.chat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One of the cases in {@code src/test/phoenix}, which runs on Node.js while a test acts
 * on the nodes: it writes what it waits for, and reads what was done.
 */
final class RunningScript implements AutoCloseable {

	private final String name;

	private final Path output;

	private final Process process;

	private final BufferedWriter input;

	private RunningScript(String name, Path output, Process process) {
		this.name = name;
		this.output = output;
		this.process = process;
		this.input = process.outputWriter();
	}

	static RunningScript start(String name, String... arguments) throws IOException {
		Path node = Tool.find("Node.js 20 or newer, with npm", "node");
		Path output = Files.createTempFile("phoenix-" + name, ".log");
		List<String> command = new ArrayList<>(List.of(node.toString(), "src/test/phoenix/run.mjs", name));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		return new RunningScript(name, output, process);
	}

	/**
	 * Wait until the script has written a line.
	 */
	void await(String line) {
		ChatNode.eventually().until(() -> said().lines().anyMatch(line::equals) || !this.process.isAlive());
		assertThat(said().lines()).as(this.name).contains(line);
	}

	void tell(String line) throws IOException {
		this.input.write(line);
		this.input.newLine();
		this.input.flush();
	}

	/**
	 * Wait until the script has ended without a failure.
	 * @return its output
	 */
	String awaitEnd() throws Exception {
		boolean ended = this.process.waitFor(5, TimeUnit.MINUTES);
		assertThat(ended).as("%s has not ended, its output:%n%s", this.name, said()).isTrue();
		assertThat(this.process.exitValue()).as("%s said:%n%s", this.name, said()).isZero();
		return said();
	}

	private String said() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.process.destroyForcibly();
		Files.delete(this.output);
	}

}
