package io.clusterspring.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Measures the cost of messages between nodes, and prints tables. All variants take turns
 * in one run, because the speed of a machine changes from minute to minute; only ratios
 * are reliable.
 */
public final class Benchmarks {

	private static final int SMALL = 100;

	private static final int LARGE = 1024;

	// the number of ports reserved for each node
	private static final int PORTS = 100;

	private final Settings settings;

	private final Tables tables;

	private final Map<Variant, Nodes> nodes = new EnumMap<>(Variant.class);

	private Benchmarks(Settings settings, PrintStream out) {
		this.settings = settings;
		this.tables = new Tables(settings, out);
	}

	/**
	 * Measure.
	 * @param arguments see {@link Settings}
	 * @throws IOException if a node does not answer
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		if (!run(Settings.of(arguments), System.out)) {
			System.err.println("Messages were lost: the figures are not valid");
			System.exit(1);
		}
	}

	static boolean run(Settings settings, PrintStream out) throws IOException, InterruptedException {
		Benchmarks benchmarks = new Benchmarks(settings, out);
		try {
			return benchmarks.measure();
		}
		finally {
			benchmarks.nodes.values().forEach(Nodes::close);
		}
	}

	private boolean measure() throws IOException, InterruptedException {
		for (Variant variant : this.settings.variants()) {
			int port = this.settings.port() + this.nodes.size() * PORTS;
			this.nodes.put(variant, new Nodes(variant, port, this.settings.options()));
		}
		for (int count : this.settings.nodes()) {
			for (Nodes each : this.nodes.values()) {
				each.grow(count);
			}
			measure(count);
		}
		return this.tables.lost() == 0;
	}

	private void measure(int count) throws IOException {
		flood(count, SMALL);
		if (count == 2) {
			flood(count, LARGE);
			roundTrips(count, SMALL);
		}
	}

	private void flood(int count, int size) throws IOException {
		String name = "flood, " + count + " nodes, " + size + " B";
		if (this.settings.includes(name)) {
			this.tables.floods(name, repeat(count, (each, time) -> each.flood(size, time)));
		}
	}

	private void roundTrips(int count, int size) throws IOException {
		String name = "round trip, " + count + " nodes, " + size + " B";
		if (this.settings.includes(name)) {
			this.tables.roundTrips(name, repeat(count, (each, time) -> each.roundTrips(size, time)));
		}
	}

	private <T> Medians<T> repeat(int count, Measurement<T> measurement) throws IOException {
		// nodes that share processors warm up one after the other
		Duration warmUp = this.settings.time().multipliedBy(2L * count);
		for (Nodes each : this.nodes.values()) {
			measurement.take(each, warmUp);
		}
		Medians<T> medians = new Medians<>();
		for (int round = 0; round < this.settings.rounds(); round++) {
			for (Map.Entry<Variant, Nodes> each : this.nodes.entrySet()) {
				medians.add(each.getKey(), measurement.take(each.getValue(), this.settings.time()));
			}
		}
		return medians;
	}

	/**
	 * A measurement.
	 *
	 * @param <T> the type of its result
	 */
	@FunctionalInterface
	private interface Measurement<T> {

		T take(Nodes nodes, Duration time) throws IOException;

	}

}
