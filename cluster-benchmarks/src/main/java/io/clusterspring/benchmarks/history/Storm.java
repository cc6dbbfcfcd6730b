package io.clusterspring.benchmarks.history;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.clusterspring.benchmarks.Latencies;

/**
 * Kills one node under clients of rooms with history. They come back to the other nodes
 * at once, while messages go on: as many as before, from the nodes that live. Prints how
 * many have recovered, when, and whether each message came exactly once.
 */
final class Storm {

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private static final double MEGABYTE = 1024 * 1024;

	private final MeasuredHistory settings;

	private final PrintStream out;

	Storm(MeasuredHistory settings, PrintStream out) {
		this.settings = settings;
		this.out = out;
	}

	void run() throws IOException, InterruptedException {
		List<String> history = List.of("--cluster.history.rooms.topics=room:*", "--cluster.history.rooms.size=2000",
				"--cluster.history.rooms.bytes=128MB");
		try (HistoryNodes nodes = HistoryNodes.start(this.settings.port(), this.settings.nodes(),
				this.settings.options(), history);
				FollowingClients clients = new FollowingClients(nodes.ports(), this.settings.clients(),
						this.settings.rooms(), true)) {
			clients.join();
			print("%d clients in %d rooms on %d nodes, %d messages/s of %d B, `%s`, JDK %s, %d processors%n",
					clients.size(), this.settings.rooms(), nodes.size(), this.settings.rate(), this.settings.size(),
					String.join(" ", this.settings.options()), Runtime.version(),
					Runtime.getRuntime().availableProcessors());
			publish(nodes, this.settings.rate());
			TimeUnit.NANOSECONDS.sleep(this.settings.warmUp().toNanos());
			period("before", nodes, clients);
			storm(nodes, clients);
			period("after", nodes, clients);
			publish(nodes, 0);
			judge(clients);
		}
	}

	private void publish(HistoryNodes nodes, int rate) throws IOException {
		nodes.publish(rate, this.settings.rooms(), this.settings.size());
	}

	private void period(String name, HistoryNodes nodes, FollowingClients clients)
			throws IOException, InterruptedException {
		long sent = nodes.sum("sent");
		long nodesCpu = nodes.sum("cpu");
		long clientsCpu = Watch.cpu();
		nodes.ask("watch");
		clients.call(() -> {
			clients.figures().clear();
			return true;
		});
		long start = System.nanoTime();
		TimeUnit.NANOSECONDS.sleep(this.settings.time().toNanos());
		double nanos = System.nanoTime() - start;
		String deliveries = clients.call(() -> {
			Latencies latencies = clients.figures().deliveries();
			return String.format(Locale.ROOT, "%,.0f deliveries/s, p50 %.1f ms, p99 %.1f ms",
					latencies.count() / nanos * 1e9, latencies.millis(0.5), latencies.millis(0.99));
		});
		print("%s: %,.0f messages/s, %s; processors in use: nodes %.2f, clients %.2f%n", name,
				(nodes.sum("sent") - sent) / nanos * 1e9, deliveries, (nodes.sum("cpu") - nodesCpu) / nanos,
				(Watch.cpu() - clientsCpu) / nanos);
		watched(name, nodes);
	}

	private void watched(String name, HistoryNodes nodes) throws IOException {
		for (String watched : nodes.ask("watched")) {
			String[] figures = watched.split(" ");
			print("%s: a node used up to %.2f processors and %.0f MB of heap, %.0f MB after a collection%n", name,
					Double.parseDouble(figures[0]), Long.parseLong(figures[1]) / MEGABYTE,
					Long.parseLong(figures[2]) / MEGABYTE);
		}
	}

	private void storm(HistoryNodes nodes, FollowingClients clients) throws IOException, InterruptedException {
		nodes.ask("watch");
		int last = nodes.size() - 1;
		int affected = clients.count(last);
		clients.call(() -> {
			clients.killed(last);
			nodes.killLast();
			return true;
		});
		publish(nodes, this.settings.rate());
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (clients.call(() -> clients.figures().returned()) < affected && System.nanoTime() < end) {
			TimeUnit.MILLISECONDS.sleep(100);
		}
		ClientFigures figures = clients.figures();
		print("storm: %d clients lost their node, %d recovered, not recovered: %s, %d other disconnects%n", affected,
				figures.recovered(), figures.lost(), figures.unexpected());
		print("storm: from the kill until caught up %s%n", figures.sinceKill());
		print("storm: noticed %s; connected %s%n", figures.untilNoticed(), figures.untilConnected());
		print("storm: of that, from the kill to the join %s; from the join until caught up %s%n", figures.untilJoin(),
				figures.sinceJoin());
		watched("storm", nodes);
	}

	// nothing is published any more: all clients of a room must get what one of them got
	private void judge(FollowingClients clients) throws IOException, InterruptedException {
		long end = System.nanoTime() + PATIENCE.toNanos();
		long before = -1;
		long present = clients.call(() -> clients.figures().deliveries().count());
		while ((before != present || clients.call(clients::unequal) > 0) && System.nanoTime() < end) {
			TimeUnit.SECONDS.sleep(2);
			before = present;
			present = clients.call(() -> clients.figures().deliveries().count());
		}
		String judgement = clients.call(() -> {
			List<Seen> all = clients.rooms()
				.stream()
				.flatMap((room) -> room.members().stream())
				.map(FollowingClient::seen)
				.toList();
			return all.stream().mapToLong(Seen::twice).sum() + " messages twice, "
					+ all.stream().mapToLong(Seen::missing).sum() + " missing, " + clients.unequal()
					+ " missing at the end, " + clients.figures().gaps() + " gaps told";
		});
		print("in all: %s%n", judgement);
	}

	private void print(String format, Object... values) {
		this.out.printf(Locale.ROOT, format, values);
	}

}
