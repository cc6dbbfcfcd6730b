package io.clusterspring.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds the command that runs a node in a JVM of its own, with the class path of this
 * JVM.
 */
public final class JavaCommand {

	private JavaCommand() {
	}

	/**
	 * Return the command.
	 * @param options the options of the JVM
	 * @param main the main class
	 * @param arguments the arguments of the main class
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
