package io.clusterspring.benchmarks.stomp;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

/**
 * Measures the cost of STOMP messages, beside the same application with RabbitMQ, and
 * prints tables. All variants take turns in one run, because the speed of a machine
 * changes from minute to minute; only ratios are reliable.
 */
public final class StompBenchmark implements AutoCloseable {

	private static final int BROKER_PORTS = 10;

	private final StompSettings settings;

	private final PrintStream out;

	private final Map<StompVariant, StompNodes> nodes = new EnumMap<>(StompVariant.class);

	private @Nullable RabbitProcess rabbit;

	private long lost;

	private StompBenchmark(StompSettings settings, PrintStream out) {
		this.settings = settings;
		this.out = out;
	}

	/**
	 * Measure.
	 * @param arguments see {@link StompSettings}
	 * @throws IOException if a node does not answer
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		StompSettings settings = StompSettings.of(arguments);
		Path server = RabbitProcess.find();
		if (server == null && settings.variants().contains(StompVariant.RELAY)) {
			System.err.println("RabbitMQ is not installed, so the relay is not measured. On Debian: "
					+ "apt-get install rabbitmq-server; it need not run, and contains the STOMP plugin");
			settings = settings
				.with(settings.variants().stream().filter((variant) -> variant != StompVariant.RELAY).toList());
		}
		if (!run(settings, server, System.out)) {
			System.err.println("Messages were lost: the figures are not valid");
			System.exit(1);
		}
	}

	/**
	 * Measure.
	 * @param settings what to measure
	 * @param server the server of RabbitMQ, {@code null} without it
	 * @param out receives the tables
	 * @return whether every message arrived
	 */
	static boolean run(StompSettings settings, @Nullable Path server, PrintStream out)
			throws IOException, InterruptedException {
		try (StompBenchmark benchmark = new StompBenchmark(settings, out)) {
			benchmark.start(server);
			benchmark.measure();
			return benchmark.lost == 0;
		}
	}

	private void start(@Nullable Path server) throws IOException, InterruptedException {
		for (StompVariant variant : this.settings.variants()) {
			if (variant == StompVariant.RELAY && server != null) {
				this.rabbit = RabbitProcess.start(server, this.settings.port() + BROKER_PORTS);
			}
			this.nodes.put(variant,
					new StompNodes(variant, this.settings, (variant == StompVariant.RELAY) ? this.rabbit : null));
		}
	}

	private void measure() throws IOException {
		print("JDK %s, %d processors, `%s`; %d destinations with %d subscribers each, %d B; medians of %d x %.1f s%n",
				Runtime.version(), Runtime.getRuntime().availableProcessors(),
				String.join(" ", this.settings.options()), this.settings.rooms(), this.settings.members(),
				this.settings.size(), this.settings.rounds(), this.settings.time().toMillis() / 1e3);
		for (StompNodes each : this.nodes.values()) {
			each.most(this.settings.time().multipliedBy(2)); // warms up
		}
		most();
		for (int rate : this.settings.rates()) {
			atRate(rate);
		}
		memory();
	}

	private void most() throws IOException {
		Map<StompVariant, List<StompNodes.Load>> most = repeat((each) -> each.most(this.settings.time()));
		heading("as many as arrive | deliveries/s | CPU of all servers, µs per delivery | p50, ms | lost");
		most.forEach((variant, loads) -> print("| %s | %,.0f | %.1f | %.2f | %d |%n", variant.title(),
				median(loads, StompNodes.Load::perSecond), median(loads, StompNodes.Load::cpuMicros),
				median(loads, (load) -> load.deliveries().p50()), count(loads)));
	}

	private void atRate(int rate) throws IOException {
		Map<StompVariant, List<StompNodes.Load>> steady = repeat((each) -> each.atRate(rate, this.settings.time()));
		heading("at " + String.format(Locale.ROOT, "%,d", rate)
				+ " deliveries/s | reached | CPU of all servers, µs per delivery | p50, ms | p99, ms | lost");
		steady.forEach((variant, loads) -> print("| %s | %,.0f | %.1f | %.2f | %.2f | %d |%n", variant.title(),
				median(loads, StompNodes.Load::perSecond), median(loads, StompNodes.Load::cpuMicros),
				median(loads, (load) -> load.deliveries().p50()), median(loads, (load) -> load.deliveries().p99()),
				count(loads)));
	}

	private void memory() throws IOException {
		heading("memory afterwards | RSS of all servers, MB | live heap of the nodes, MB");
		for (Map.Entry<StompVariant, StompNodes> each : this.nodes.entrySet()) {
			double resident = each.getValue().residentMegabytes();
			print("| %s | %,.0f | %,.0f |%n", each.getKey().title(), resident, each.getValue().liveHeapMegabytes());
		}
	}

	private Map<StompVariant, List<StompNodes.Load>> repeat(Measurement measurement) throws IOException {
		Map<StompVariant, List<StompNodes.Load>> loads = new EnumMap<>(StompVariant.class);
		for (int round = 0; round < this.settings.rounds(); round++) {
			for (Map.Entry<StompVariant, StompNodes> each : this.nodes.entrySet()) {
				loads.computeIfAbsent(each.getKey(), (key) -> new ArrayList<>()).add(measurement.take(each.getValue()));
			}
		}
		return loads;
	}

	private static double median(List<StompNodes.Load> loads, ToDoubleFunction<StompNodes.Load> figure) {
		double[] sorted = loads.stream().mapToDouble(figure).sorted().toArray();
		return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}

	private long count(List<StompNodes.Load> loads) {
		long missing = loads.stream().mapToLong((load) -> load.deliveries().lost()).sum();
		this.lost += missing;
		return missing;
	}

	private void heading(String columns) {
		print("%n| %s |%n|%s%n", columns, " --- |".repeat(columns.split("\\|").length));
	}

	private void print(String format, Object... values) {
		this.out.printf(Locale.ROOT, format, values);
	}

	@Override
	public void close() throws IOException {
		for (StompNodes each : this.nodes.values()) {
			each.close();
		}
		if (this.rabbit != null) {
			this.rabbit.close();
		}
	}

	/**
	 * A measurement.
	 */
	@FunctionalInterface
	private interface Measurement {

		StompNodes.Load take(StompNodes nodes) throws IOException;

	}

}
