package io.clusterspring.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The nodes of one variant: the first publishes, the others receive.
 */
final class Nodes implements AutoCloseable {

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

	private final Variant variant;

	private final int port;

	private final List<String> options;

	private final String cluster = "benchmark-" + UUID.randomUUID();

	private final List<NodeProcess> nodes = new ArrayList<>();

	Nodes(Variant variant, int port, List<String> options) {
		this.variant = variant;
		this.port = port;
		this.options = options;
	}

	// starts nodes up to a number, and waits until each sees all
	void grow(int count) throws IOException, InterruptedException {
		int present = this.nodes.size();
		for (int number = present + 1; number <= count; number++) {
			this.nodes.add(NodeProcess.start(this.options, NodeMain.class, arguments(number)));
			if (number == 1) {
				this.nodes.get(0).awaitStart();
			}
		}
		for (NodeProcess node : this.nodes.subList(Math.max(1, present), count)) {
			node.awaitStart();
		}
		for (NodeProcess node : this.nodes) {
			awaitView(node, count);
		}
	}

	private List<String> arguments(int number) {
		List<String> listed = IntStream.rangeClosed(1, number).mapToObj(this::address).toList();
		Stream<String> own = Stream.of(this.variant.name(), "" + number, "--cluster.name=" + this.cluster,
				"--cluster.node=" + address(number), "--cluster.sync-nodes-optional=" + String.join(",", listed),
				"--logging.level.root=warn", "--spring.main.banner-mode=off");
		return Stream.concat(own, this.variant.properties().stream()).toList();
	}

	private String address(int number) {
		return "n" + number + "@127.0.0.1:" + (this.port + number - 1);
	}

	private static void awaitView(NodeProcess node, int count) throws IOException, InterruptedException {
		long deadline = System.nanoTime() + PATIENCE_NANOS;
		while (Integer.parseInt(node.ask("nodes")) != count) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("The nodes have not found each other");
			}
			TimeUnit.MILLISECONDS.sleep(20);
		}
	}

	/**
	 * Flood the other nodes.
	 * @param size the size of a message in bytes
	 * @param time how long
	 * @return the result
	 */
	Rate flood(int size, Duration time) throws IOException {
		long before = cpu();
		Flood flood = Flood.of(this.nodes.get(0).ask("flood " + size + " " + time));
		return Rate.of(flood, cpu() - before);
	}

	/**
	 * Send messages back and forth.
	 * @param size the size of a message in bytes
	 * @param time how long
	 * @return the result
	 */
	RoundTrips roundTrips(int size, Duration time) throws IOException {
		long before = cpu();
		String[] parts = this.nodes.get(0).ask("round-trips " + size + " " + time).split(" ");
		return RoundTrips.of(parts, cpu() - before);
	}

	private long cpu() throws IOException {
		long sum = 0;
		for (NodeProcess node : this.nodes) {
			sum += Long.parseLong(node.ask("cpu"));
		}
		return sum;
	}

	@Override
	public void close() {
		this.nodes.forEach(NodeProcess::leave);
		this.nodes.forEach(NodeProcess::close);
	}

}
