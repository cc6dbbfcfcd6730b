package io.clusterspring.benchmarks;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Prints the figures as Markdown. A row has the medians of one variant; its last column
 * is the cost of the first variant relative to that of this one.
 */
final class Tables {

	private final Settings settings;

	private final PrintStream out;

	private String heading = "";

	private long lost;

	Tables(Settings settings, PrintStream out) {
		this.settings = settings;
		this.out = out;
		out.printf(Locale.ROOT, "JDK %s, %d processors, `%s`; medians of %d x %.1f s%n", Runtime.version(),
				Runtime.getRuntime().availableProcessors(), String.join(" ", settings.options()), settings.rounds(),
				settings.time().toMillis() / 1e3);
	}

	void floods(String name, Medians<Rate> rates) {
		heading("messages/s | CPU of all nodes, µs per message | lost | CPU ratio");
		for (Variant variant : this.settings.variants()) {
			long missing = rates.all(variant).stream().mapToLong(Rate::lost).sum();
			row("%s | %s | %,.0f | %.2f | %d | %s", name, variant.title(), rates.of(variant, Rate::perSecond),
					rates.of(variant, Rate::cpuMicros), missing, ratio(rates, variant, Rate::cpuMicros));
			this.lost += missing;
		}
	}

	void roundTrips(String name, Medians<RoundTrips> trips) {
		heading("p50, µs | p99, µs | CPU of both nodes, µs | p50 ratio");
		for (Variant variant : this.settings.variants()) {
			row("%s | %s | %.1f | %.1f | %.1f | %s", name, variant.title(), trips.of(variant, RoundTrips::median),
					trips.of(variant, RoundTrips::slow), trips.of(variant, RoundTrips::cpuMicros),
					ratio(trips, variant, RoundTrips::median));
		}
	}

	private void heading(String figures) {
		if (!this.heading.equals(figures)) {
			this.heading = figures;
			this.out.println();
			row("| | " + figures);
			row("--- | ---" + " | ---".repeat(figures.split("\\|").length));
		}
	}

	private <T> String ratio(Medians<T> medians, Variant variant, ToDoubleFunction<T> cost) {
		Variant first = this.settings.variants().get(0);
		return (variant == first) ? ""
				: String.format(Locale.ROOT, "%.2f", medians.of(first, cost) / medians.of(variant, cost));
	}

	private void row(String format, Object... cells) {
		this.out.printf(Locale.ROOT, "| " + format + " |%n", cells);
	}

	long lost() {
		return this.lost;
	}

}
