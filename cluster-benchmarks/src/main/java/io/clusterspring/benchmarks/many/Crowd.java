package io.clusterspring.benchmarks.many;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.clusterspring.benchmarks.NodeProcess;

/**
 * Many nodes, numbered from one.
 */
final class Crowd implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private final ManySettings settings;

	private final List<String> listed;

	private final String cluster = "many-" + UUID.randomUUID();

	private final Map<Integer, NodeProcess> nodes = new TreeMap<>();

	/**
	 * Create a crowd without a node.
	 * @param size how many nodes it may have
	 */
	Crowd(ManySettings settings, int size) {
		this.settings = settings;
		int seeds = (settings.seeds() > 0) ? Math.min(settings.seeds(), size) : size;
		this.listed = IntStream.rangeClosed(1, seeds).mapToObj(this::address).toList();
	}

	private String address(int number) {
		return name(number) + "@127.0.0.1:" + (this.settings.port() + number - 1);
	}

	static String name(int number) {
		return "n" + number;
	}

	// starts processes, which connect at once when all of them can
	long connect(Collection<Integer> numbers, String... properties) throws IOException {
		for (int number : numbers) {
			this.nodes.put(number,
					NodeProcess.start(this.settings.options(), ManyNode.class, arguments(number, properties)));
		}
		for (int number : numbers) {
			node(number).awaitStart();
		}
		long start = System.nanoTime();
		for (int number : numbers) {
			node(number).tell("connect");
		}
		return start;
	}

	void awaitStarts(Collection<Integer> numbers) throws IOException {
		for (int number : numbers) {
			node(number).awaitStart();
		}
	}

	private List<String> arguments(int number, String... properties) {
		String places = (this.settings.seeds() > 0) ? "--cluster.seeds=" + String.join(",", places())
				: "--cluster.sync-nodes-optional=" + String.join(",", this.listed);
		List<String> arguments = new ArrayList<>(this.settings.properties());
		arguments.addAll(List.of("--cluster.name=" + this.cluster, "--cluster.node=" + address(number), places,
				"--logging.level.root=error", "--logging.level.org.jgroups=error", "--spring.main.banner-mode=off"));
		arguments.addAll(List.of(properties));
		return arguments;
	}

	private List<String> places() {
		return this.listed.stream().map((address) -> address.replaceFirst("^.*@", "")).toList();
	}

	NodeProcess node(int number) {
		NodeProcess node = this.nodes.get(number);
		if (node == null) {
			throw new IllegalStateException("There is no node " + number);
		}
		return node;
	}

	List<Integer> numbers() {
		return List.copyOf(this.nodes.keySet());
	}

	/**
	 * Wait until all nodes see as many nodes as there are.
	 * @return the moment at which the last one did, and which nodes were lost meanwhile
	 */
	Agreement awaitAgreement() throws IOException, InterruptedException {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		long last = Long.MIN_VALUE;
		List<String> downs = new ArrayList<>();
		for (NodeProcess node : this.nodes.values()) {
			Views.Seen seen = Views.Seen.of(node.ask("view"));
			downs.addAll(seen.downs());
			while (seen.nodes() != this.nodes.size()) {
				if (System.nanoTime() > deadline) {
					throw new IllegalStateException("A node sees " + seen.nodes() + " of " + this.nodes.size());
				}
				TimeUnit.MILLISECONDS.sleep(20);
				seen = Views.Seen.of(node.ask("view"));
				downs.addAll(seen.downs());
			}
			last = Math.max(last, seen.since());
		}
		return new Agreement(last, downs);
	}

	// processes end without a word
	long kill(Collection<Integer> numbers) {
		long start = System.nanoTime();
		numbers.forEach((number) -> node(number).handle().destroyForcibly());
		numbers.forEach((number) -> node(number).close());
		this.nodes.keySet().removeAll(numbers);
		return start;
	}

	void leave(Collection<Integer> numbers) {
		numbers.forEach((number) -> node(number).leave());
		numbers.forEach((number) -> node(number).close());
		this.nodes.keySet().removeAll(numbers);
	}

	long cpu() throws IOException {
		long sum = 0;
		for (NodeProcess node : this.nodes.values()) {
			sum += Long.parseLong(node.ask("cpu"));
		}
		return sum;
	}

	Traffic traffic() throws IOException {
		Traffic sum = Traffic.NONE;
		for (NodeProcess node : this.nodes.values()) {
			sum = sum.plus(Traffic.of(node.ask("traffic")));
		}
		return sum;
	}

	@Override
	public void close() {
		leave(numbers());
	}

	/**
	 * All nodes see all nodes.
	 *
	 * @param since the moment from which on they do
	 * @param downs the names of the nodes that were lost before, once for each node that
	 * lost it
	 */
	record Agreement(long since, List<String> downs) {

		// nodes that were lost though they lived
		int lies(Collection<Integer> gone) {
			List<String> names = gone.stream().map(Crowd::name).toList();
			return (int) this.downs.stream().filter((down) -> !names.contains(down)).count();
		}

	}

}
