package io.clusterspring.benchmarks.history;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.clusterspring.benchmarks.Latencies;

/**
 * Measures two clusters in turns, one with a history and one without: the CPU time of a
 * delivery at a rate and of as many as can be, and the bytes of a message. Then it
 * measures the memory of a message that is kept.
 */
final class Cost {

	private static final int WINDOW = 4;

	private static final int TOPICS = 10;

	private static final int PORTION = 5000;

	private final MeasuredHistory settings;

	private final PrintStream out;

	Cost(MeasuredHistory settings, PrintStream out) {
		this.settings = settings;
		this.out = out;
	}

	void run() throws IOException, InterruptedException {
		List<String> history = List.of("--cluster.history.rooms.topics=room:*", "--cluster.history.rooms.size=500",
				"--cluster.history.rooms.bytes=64MB", "--cluster.history.rooms.ttl=1h",
				"--cluster.history.kept.topics=kept*", "--cluster.history.kept.size=100000",
				"--cluster.history.kept.bytes=" + this.settings.kept() * 3000L, "--cluster.history.kept.ttl=1h");
		print("%d clients in %d rooms on %d nodes, payload of %d B, `%s`, JDK %s, %d processors; medians of %d x %.0f s%n",
				this.settings.clients(), this.settings.rooms(), this.settings.nodes(), this.settings.size(),
				String.join(" ", this.settings.options()), Runtime.version(),
				Runtime.getRuntime().availableProcessors(), this.settings.rounds(),
				this.settings.time().toMillis() / 1e3);
		try (Side without = side(0, false, List.of()); Side with = side(20, true, history)) {
			List<Side> sides = List.of(without, with);
			compare("rate", sides);
			compare("most", sides);
			memory(with.nodes(), 100);
			memory(with.nodes(), 1024);
		}
	}

	private Side side(int ports, boolean history, List<String> properties) throws IOException, InterruptedException {
		HistoryNodes nodes = HistoryNodes.start(this.settings.port() + ports, this.settings.nodes(),
				this.settings.options(), properties);
		FollowingClients clients = new FollowingClients(nodes.ports(), this.settings.clients(), this.settings.rooms(),
				history);
		clients.join();
		return new Side(history ? "with history" : "without", nodes, clients, new ArrayList<>());
	}

	private void compare(String load, List<Side> sides) throws IOException, InterruptedException {
		sides.forEach((side) -> side.results().clear());
		for (Side side : sides) {
			begin(load, side);
			TimeUnit.NANOSECONDS.sleep(this.settings.warmUp().toNanos());
			end(load, side);
		}
		for (int round = 0; round < this.settings.rounds(); round++) {
			for (Side side : sides) {
				begin(load, side);
				TimeUnit.SECONDS.sleep(1);
				side.results().add(measure(side));
				end(load, side);
			}
		}
		sides.forEach((side) -> print(
				"%s, %s: %,.0f deliveries/s, %.2f us of CPU for each (%s), %.1f B to a client"
						+ ((load.equals("rate")) ? ", %.1f B to a node for each message" : "") + "%n",
				load, side.name(), side.median(0), side.median(1), side.range(1), side.median(2), side.median(3)));
		print("%s, with history: %.2f times the CPU, %.1f B more to a client%n", load,
				sides.get(1).median(1) / sides.get(0).median(1), sides.get(1).median(2) - sides.get(0).median(2));
	}

	private void begin(String load, Side side) throws IOException, InterruptedException {
		if (load.equals("rate")) {
			side.nodes().publish(this.settings.rate(), this.settings.rooms(), this.settings.size());
		}
		else {
			window(side, WINDOW);
		}
	}

	private void end(String load, Side side) throws IOException, InterruptedException {
		side.nodes().publish(0, this.settings.rooms(), this.settings.size());
		window(side, 0);
		TimeUnit.MILLISECONDS.sleep(500);
	}

	private static void window(Side side, int window) throws IOException, InterruptedException {
		side.clients().call(() -> {
			for (ClientRoom room : side.clients().rooms()) {
				room.window(window);
			}
			return true;
		});
	}

	private double[] measure(Side side) throws IOException, InterruptedException {
		ClientFigures figures = side.clients().figures();
		long cpu = side.nodes().sum("cpu");
		long wire = side.nodes().sum("wire");
		long sent = side.nodes().sum("sent");
		side.clients().call(() -> {
			figures.clear();
			return true;
		});
		long start = System.nanoTime();
		TimeUnit.NANOSECONDS.sleep(this.settings.time().toNanos());
		double[] heard = side.clients().call(() -> {
			Latencies deliveries = figures.deliveries();
			return new double[] { Math.max(1, deliveries.count()), figures.bytes() };
		});
		double nanos = System.nanoTime() - start;
		double messages = Math.max(1, side.nodes().sum("sent") - sent) * (this.settings.nodes() - 1.0);
		return new double[] { heard[0] / nanos * 1e9, (side.nodes().sum("cpu") - cpu) / 1000.0 / heard[0],
				heard[1] / heard[0], (side.nodes().sum("wire") - wire) / messages };
	}

	private void memory(HistoryNodes nodes, int size) throws IOException, InterruptedException {
		int count = this.settings.kept();
		// buffers grow with the first messages, and stay
		fill(nodes, "kept-before" + size, count / 10, size);
		List<String> keptBefore = nodes.ask("kept");
		List<String> heapBefore = nodes.ask("heap");
		fill(nodes, "kept" + size, count, size);
		List<String> kept = nodes.ask("kept");
		List<String> heap = nodes.ask("heap");
		for (int i = 0; i < nodes.size(); i++) {
			double bytes = Double.parseDouble(heap.get(i)) - Double.parseDouble(heapBefore.get(i));
			double counted = second(kept.get(i)) - second(keptBefore.get(i)) - TOPICS * 512.0;
			print("memory, payload of %d B, %s: %.1f B of heap for each of %d messages, of which its bytes are %.1f%n",
					size, (i == 0) ? "publisher" : "another node", bytes / count, count, counted / count - 80);
		}
	}

	// in portions, so that no node is far behind
	private static void fill(HistoryNodes nodes, String topics, int count, int size)
			throws IOException, InterruptedException {
		long kept = nodes.ask("kept").stream().mapToLong(Cost::first).max().orElse(0);
		for (int sent = 0; sent < count;) {
			int portion = Math.min(PORTION, count - sent);
			nodes.askFirst("fill " + topics + ": " + TOPICS + " " + portion + " " + size);
			sent += portion;
			awaitKept(nodes, kept + sent);
		}
	}

	private static void awaitKept(HistoryNodes nodes, long wanted) throws IOException, InterruptedException {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (nodes.ask("kept").stream().anyMatch((kept) -> first(kept) < wanted)) {
			if (System.nanoTime() > end) {
				throw new IOException("The nodes do not keep " + wanted + " messages: " + nodes.ask("kept"));
			}
			TimeUnit.MILLISECONDS.sleep(10);
		}
	}

	private static long first(String answer) {
		return Long.parseLong(answer.split(" ")[0]);
	}

	private static long second(String answer) {
		return Long.parseLong(answer.split(" ")[1]);
	}

	private void print(String format, Object... values) {
		this.out.printf(Locale.ROOT, format, values);
	}

	/** One of the clusters that are compared. */
	private record Side(String name, HistoryNodes nodes, FollowingClients clients,
			List<double[]> results) implements AutoCloseable {

		double median(int figure) {
			double[] sorted = sorted(figure);
			return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
		}

		String range(int figure) {
			double[] sorted = sorted(figure);
			return String.format(Locale.ROOT, "%.2f to %.2f", sorted[0], sorted[sorted.length - 1]);
		}

		private double[] sorted(int figure) {
			return this.results.stream().mapToDouble((result) -> result[figure]).sorted().toArray();
		}

		@Override
		public void close() throws IOException {
			this.clients.close();
			this.nodes.close();
		}

	}

}
