package io.clusterspring.benchmarks.channels;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints repeated measurements, and then the median of each figure.
 */
final class Figures {

	private final PrintStream out;

	private final String name;

	private final String format;

	private final List<double[]> rounds = new ArrayList<>();

	Figures(PrintStream out, String name, String format) {
		this.out = out;
		this.name = name;
		this.format = format;
	}

	void add(double... figures) {
		this.rounds.add(figures);
		print(String.valueOf(this.rounds.size()), figures);
	}

	void printMedians() {
		double[] medians = new double[this.rounds.get(0).length];
		for (int i = 0; i < medians.length; i++) {
			int index = i;
			double[] sorted = this.rounds.stream().mapToDouble((figures) -> figures[index]).sorted().toArray();
			medians[i] = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
		}
		print("median", medians);
	}

	private void print(String round, double[] figures) {
		Object[] values = new Object[figures.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = figures[i];
		}
		this.out.println(this.name + ", " + round + ": " + String.format(Locale.ROOT, this.format, values));
	}

}
