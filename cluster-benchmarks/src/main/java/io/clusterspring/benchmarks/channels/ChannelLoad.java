package io.clusterspring.benchmarks.channels;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Loads two nodes with rooms and prints the cost: the CPU time of both nodes for each
 * message that a client receives and for each connection, and the heap for an idle
 * client. The clients run on one thread of this process, which needs about as much CPU as
 * a node. Its CPU time is not counted, but a machine with few processors lacks it.
 */
public final class ChannelLoad {

	private static final int CONNECTS = 8_000;

	private final LoadSettings settings;

	private final RoomNodes nodes;

	private final PrintStream out;

	private ChannelLoad(LoadSettings settings, RoomNodes nodes, PrintStream out) {
		this.settings = settings;
		this.nodes = nodes;
		this.out = out;
	}

	/**
	 * Measure.
	 * @param arguments see {@link LoadSettings}
	 * @throws IOException if a node fails
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		run(LoadSettings.of(arguments), System.out);
	}

	static void run(LoadSettings settings, PrintStream out) throws IOException, InterruptedException {
		try (RoomNodes nodes = new RoomNodes(settings.port())) {
			nodes.start();
			ChannelLoad load = new ChannelLoad(settings, nodes, out);
			for (String name : settings.loads()) {
				load.measure(name);
			}
		}
	}

	private void measure(String name) throws IOException, InterruptedException {
		switch (name) {
			case "fanout" -> fanout();
			case "closed" -> closed();
			case "echo" -> echo();
			case "connects" -> connects();
			case "idle" -> idle();
			default -> throw new IllegalArgumentException("There is no load '" + name + "'");
		}
	}

	private void fanout() throws IOException {
		try (Clients clients = join(this.settings.clients(), 1)) {
			String name = "fanout, " + this.settings.clients() + " clients, " + this.settings.rate() + " broadcasts/s";
			messages(name, clients, Workload.fanout(clients.all().get(0), this.settings.rate()));
		}
	}

	private void closed() throws IOException {
		try (Clients clients = join(this.settings.clients(), 1)) {
			messages("closed, " + this.settings.clients() + " clients, window 4", clients,
					Workload.closed(clients.all().get(0), 4, this.settings.clients()));
		}
	}

	private void echo() throws IOException {
		try (Clients clients = join(100, 1)) {
			messages("echo, 100 clients", clients, Workload.echo(clients.all()));
		}
	}

	private Clients join(int count, int rooms) throws IOException {
		Clients clients = new Clients();
		clients.join(this.nodes.ports(), count, rooms);
		return clients;
	}

	private void messages(String name, Clients clients, Workload workload) throws IOException {
		clients.begin(workload);
		clients.run(this.settings.warmUp(), () -> false);
		Figures figures = new Figures(this.out, name,
				"%,.0f messages/s, %.1f us of CPU for each, %.1f ms half, %.1f ms 99 %%");
		for (int round = 0; round < this.settings.rounds(); round++) {
			workload.latencies().clear();
			long cpu = micros();
			long start = System.nanoTime();
			clients.run(this.settings.time(), () -> false);
			double seconds = (System.nanoTime() - start) / 1e9;
			long count = Math.max(1, workload.latencies().count());
			figures.add(count / seconds, (micros() - cpu) / (double) count, workload.latencies().millis(0.5),
					workload.latencies().millis(0.99));
		}
		figures.printMedians();
	}

	private void connects() throws IOException, InterruptedException {
		Figures figures = new Figures(this.out, "connects", "%.0f us of CPU for each connect and join");
		// the JIT compilers of the nodes need this time
		for (int round = -10; round < this.settings.rounds(); round++) {
			long cpu = micros();
			try (Clients clients = join(CONNECTS, 100)) {
				if (round >= 0) {
					figures.add((micros() - cpu) / (double) clients.all().size());
				}
			}
			forget();
		}
		figures.printMedians();
	}

	private void idle() throws IOException, InterruptedException {
		int count = this.settings.idleClients();
		join(count / 10, 100).close();
		forget();
		long before = this.nodes.heap();
		try (Clients clients = join(count, 100)) {
			clients.run(Duration.ofSeconds(2), () -> false);
			this.out.printf("idle: %.1f KiB of heap for each of %d clients%n",
					(this.nodes.heap() - before) / (double) count, count);
		}
	}

	private static void forget() throws InterruptedException {
		// the work of the nodes for clients that have left does not count
		TimeUnit.SECONDS.sleep(3);
	}

	private long micros() {
		return this.nodes.cpu().toNanos() / 1000;
	}

}
