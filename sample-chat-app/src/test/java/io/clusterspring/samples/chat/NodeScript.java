package io.clusterspring.samples.chat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs one of the cases in {@code src/test/phoenix} on Node.js.
 */
final class NodeScript {

	private NodeScript() {
	}

	static void run(String name, String... arguments) throws Exception {
		runIn("phoenix", name, arguments);
	}

	/** Run one of the cases in another directory of {@code src/test}. */
	static void runIn(String directory, String name, String... arguments) throws Exception {
		Path node = Tool.find("Node.js 20 or newer, with npm", "node");
		File output = Files.createTempFile(directory + "-" + name, ".log").toFile();
		List<String> command = new ArrayList<>(List.of(node.toString(), "src/test/" + directory + "/run.mjs", name));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
		try {
			boolean ended = process.waitFor(120, TimeUnit.SECONDS);
			String said = Files.readString(output.toPath());
			assertThat(ended).as("%s has not ended, its output:%n%s", name, said).isTrue();
			assertThat(process.exitValue()).as("%s said:%n%s", name, said).isZero();
		}
		finally {
			process.destroyForcibly();
			Files.delete(output.toPath());
		}
	}

}
