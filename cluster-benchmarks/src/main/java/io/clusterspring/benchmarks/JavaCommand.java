package io.clusterspring.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * The command that runs a node in a JVM of its own, with the class path of this one.
 */
public final class JavaCommand {

	private JavaCommand() {
	}

	/**
	 * Return the command.
	 * @param options for the JVM
	 * @param main what to run
	 * @param arguments for what it runs
	 * @return the command, which may be changed
	 */
	public static List<String> of(List<String> options, Class<?> main, List<String> arguments) {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(arguments);
		return command;
	}

}
