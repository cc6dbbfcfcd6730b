package io.clusterspring.benchmarks.history;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;

/**
 * Measures what a history costs, and how clients come back when a node is killed.
 */
public final class HistoryBenchmark {

	private HistoryBenchmark() {
	}

	/**
	 * Measure.
	 * @param arguments {@code cost} or {@code storm}, and what follows is of
	 * {@link MeasuredHistory}
	 * @throws IOException if a node fails
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		run(System.out, arguments);
	}

	static void run(PrintStream out, String... arguments) throws IOException, InterruptedException {
		String part = (arguments.length > 0) ? arguments[0] : "";
		String[] rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
		switch (part) {
			case "cost" -> new Cost(MeasuredHistory.cost(rest), out).run();
			case "storm" -> new Storm(MeasuredHistory.storm(rest), out).run();
			default -> throw new IllegalArgumentException("There is no part '" + part + "': cost or storm");
		}
	}

}
