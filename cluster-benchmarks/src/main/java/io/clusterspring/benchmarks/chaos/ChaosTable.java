package io.clusterspring.benchmarks.chaos;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints the figures as Markdown: one row for each figure, one column for each scenario.
 *
 * @param outcomes the results of the scenarios
 */
record ChaosTable(List<Outcome> outcomes) {

	void print(PrintStream out) {
		out.println("| | " + cells(this.outcomes.stream().map((outcome) -> "" + outcome.scenario()).toList()));
		out.println("| --- | " + cells(this.outcomes.stream().map((outcome) -> "---").toList()));
		List<Map<String, String>> columns = this.outcomes.stream().map(Outcome::figures).toList();
		for (String name : columns.get(0).keySet()) {
			out.println("| " + name + " | "
					+ cells(columns.stream().map((column) -> column.getOrDefault(name, "")).toList()));
		}
	}

	private static String cells(List<String> cells) {
		return cells.stream().collect(Collectors.joining(" | ", "", " |"));
	}

}
