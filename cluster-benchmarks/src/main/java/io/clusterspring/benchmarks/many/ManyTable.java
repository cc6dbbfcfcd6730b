package io.clusterspring.benchmarks.many;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints the figures of many nodes as Markdown: one row for each number of nodes.
 */
final class ManyTable {

	private static final double SECOND = 1e9;

	private static final List<String> COLUMNS = List.of("nodes", "one view of all after, s", "CPU of that, s",
			"CPU of the boot before, s", "idle: CPU of all, % of a processor", "messages of a node, 1/s",
			"KB of a node, 1/s", "with broadcasts: CPU of all, %", "CPU of a broadcast, µs", "lost",
			"frames at nodes that do not listen", "a tenth dies: others agree after, s",
			"restart of all, a tenth at a time, s", "nodes lost that lived");

	private final PrintStream out;

	private final ManySettings settings;

	private boolean headed;

	ManyTable(ManySettings settings, PrintStream out) {
		this.settings = settings;
		this.out = out;
	}

	void add(int nodes, Row row) {
		if (!this.headed) {
			this.headed = true;
			this.out.printf(Locale.ROOT, "JDK %s, %d processors, `%s`, %d broadcasts/s%n%n", Runtime.version(),
					Runtime.getRuntime().availableProcessors(), String.join(" ", this.settings.options()),
					this.settings.perSecond());
			line(COLUMNS);
			line(COLUMNS.stream().map((column) -> "---").toList());
		}
		List<String> cells = new ArrayList<>(List.of("" + nodes));
		cells.addAll(row.cells);
		line(cells);
	}

	private void line(List<String> cells) {
		this.out.println("| " + String.join(" | ", cells) + " |");
		this.out.flush();
	}

	/** The figures of one number of nodes, in the order of the columns. */
	static final class Row {

		private final List<String> cells = new ArrayList<>();

		private boolean valid = true;

		void start(long nanos, long bootCpu, long cpu) {
			add("%.2f", nanos / SECOND);
			add("%.1f", (cpu - bootCpu) / SECOND);
			add("%.1f", bootCpu / SECOND);
		}

		void idle(double share, Traffic sent, Duration time, int nodes) {
			double nodeSeconds = nodes * (time.toNanos() / SECOND);
			add("%.1f", 100 * share);
			add("%.0f", sent.messages() / nodeSeconds);
			add("%.1f", sent.bytes() / nodeSeconds / 1000);
		}

		void broadcasts(double share, double idle, ManySettings settings, long missing, long elsewhere) {
			add("%.1f", 100 * share);
			add("%.0f", (share - idle) / settings.perSecond() * 1e6);
			add("%d", Math.abs(missing));
			add("%d", elsewhere);
			this.valid &= missing == 0;
		}

		void death(long nanos) {
			add("%.2f", nanos / SECOND);
		}

		void roll(long nanos) {
			add("%.1f", nanos / SECOND);
		}

		void lies(int number) {
			add("%d", number);
			this.valid &= number == 0;
		}

		boolean isValid() {
			return this.valid;
		}

		List<String> cells() {
			return List.copyOf(this.cells);
		}

		private void add(String format, Object figure) {
			this.cells.add(String.format(Locale.ROOT, format, figure));
		}

	}

}
