package io.clusterspring.benchmarks.many;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures what many topics cost that one node each listens to, and how long a
 * subscription to a new topic takes until it is in force.
 */
public final class ManyTopics {

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

	private static final double MILLISECOND = 1e6;

	private final TopicSettings settings;

	private final Crowd crowd;

	private final PrintStream out;

	private ManyTopics(TopicSettings settings, PrintStream out) {
		this.settings = settings;
		this.out = out;
		this.crowd = new Crowd(settings.crowd(), settings.largest() + 1);
	}

	/**
	 * Measure.
	 * @param arguments see {@link TopicSettings}
	 * @throws IOException if a node does not answer
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		run(TopicSettings.of(arguments), System.out);
	}

	static void run(TopicSettings settings, PrintStream out) throws IOException, InterruptedException {
		ManyTopics measured = new ManyTopics(settings, out);
		try {
			measured.measure();
		}
		finally {
			measured.crowd.close();
		}
	}

	private void measure() throws IOException, InterruptedException {
		this.out.printf(Locale.ROOT, "JDK %s, %d processors, `%s`%n%n", Runtime.version(),
				Runtime.getRuntime().availableProcessors(), String.join(" ", this.settings.crowd().options()));
		print("| | |%n| --- | --- |%n");
		for (int nodes : this.settings.nodes()) {
			grow(nodes);
			roundTrips(nodes);
		}
		storm();
		heap();
		join();
	}

	private void grow(int nodes) throws IOException, InterruptedException {
		List<Integer> added = IntStream.rangeClosed(this.crowd.numbers().size() + 1, nodes).boxed().toList();
		this.crowd.connect(added);
		this.crowd.awaitStarts(added);
		this.crowd.awaitAgreement();
		for (int number : added) {
			this.crowd.node(number).ask("keep-publishing");
		}
		for (int number : this.crowd.numbers()) {
			this.crowd.node(number).ask("warm-up");
		}
	}

	private void roundTrips(int nodes) throws IOException {
		this.crowd.node(1).ask("round-trips warm-up-" + nodes + " " + this.settings.joins());
		String[] times = this.crowd.node(1).ask("round-trips trip-" + nodes + " " + this.settings.joins()).split(" ");
		print("| subscribe until in force, one at a time, %d nodes: p50 / p99 / longest, ms | %s / %s / %s |%n", nodes,
				times[0], times[1], times[2]);
	}

	private void heap() throws IOException, InterruptedException {
		int nodes = this.crowd.numbers().size();
		int each = this.settings.topicsOfNode();
		// topics that had a subscriber for a moment are announced for some time
		awaitKnown((known) -> known == nodes * (nodes - 1) * this.settings.stormOfNode());
		long before = used();
		long start = System.nanoTime();
		for (int number : this.crowd.numbers()) {
			this.crowd.node(number).tell("subscribe topic-" + number + " " + each);
		}
		for (int number : this.crowd.numbers()) {
			this.crowd.node(number).awaitAnswer("subscribe");
		}
		awaitKnown((known) -> known == nodes * (nodes - 1) * (each + this.settings.stormOfNode()));
		long time = System.nanoTime() - start;
		print("| until %,d topics with a subscriber on one of %d nodes each are known to all, ms | %.0f |%n",
				nodes * each, nodes, time / MILLISECOND);
		print("| heap for each topic and node, the subscriptions included, bytes | %.0f |%n",
				(double) (used() - before) / nodes / (nodes * each));
	}

	private void awaitKnown(IntPredicate expected) throws IOException, InterruptedException {
		long deadline = System.nanoTime() + PATIENCE_NANOS;
		for (int known = known(); !expected.test(known); known = known()) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("The nodes know " + known + " topics, in all");
			}
			TimeUnit.MILLISECONDS.sleep(2);
		}
	}

	// of the others, summed over all nodes
	private int known() throws IOException {
		int sum = 0;
		for (int number : this.crowd.numbers()) {
			sum += Integer.parseInt(this.crowd.node(number).ask("known"));
		}
		return sum;
	}

	private long used() throws IOException {
		long sum = 0;
		for (int number : this.crowd.numbers()) {
			sum += Long.parseLong(this.crowd.node(number).ask("heap"));
		}
		return sum;
	}

	private void join() throws IOException, InterruptedException {
		int before = this.crowd.numbers().size();
		int topics = before * (this.settings.topicsOfNode() + this.settings.stormOfNode());
		int newcomer = before + 1;
		this.crowd.connect(List.of(newcomer), "--benchmark.topics=" + topics);
		this.crowd.awaitStarts(List.of(newcomer));
		long joined = Views.Seen.of(this.crowd.node(newcomer).ask("view")).since();
		long deadline = System.nanoTime() + PATIENCE_NANOS;
		long known = 0;
		while (known == 0 && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(2);
			known = Long.parseLong(this.crowd.node(newcomer).ask("learned"));
		}
		if (known == 0) {
			throw new IllegalStateException("A node does not learn the topics of the others");
		}
		print("| until a node that joins %d others knows their %,d topics, after its first view, ms | %.0f |%n", before,
				topics, Math.max(0, known - joined) / MILLISECOND);
	}

	private void storm() throws IOException {
		int rate = this.settings.rate() / this.settings.largest();
		int count = this.settings.stormOfNode();
		long cpu = this.crowd.cpu();
		long start = System.nanoTime();
		for (int number : this.crowd.numbers()) {
			this.crowd.node(number).tell("storm storm-" + number + " " + count + " " + rate);
		}
		List<double[]> times = new ArrayList<>();
		for (int number : this.crowd.numbers()) {
			String[] answer = this.crowd.node(number).awaitAnswer("storm").split(" ");
			times.add(Stream.of(answer).mapToDouble(Double::parseDouble).toArray());
		}
		int joins = count * times.size();
		print("| %,d joins of new topics in %.1f s on %d nodes: until in force, p50 / p99 / longest of the slowest node, ms "
				+ "| %.2f / %.2f / %.2f |%n", joins, (System.nanoTime() - start) / MILLISECOND / 1000, times.size(),
				worst(times, 0), worst(times, 1), worst(times, 2));
		print("| the same: CPU of all nodes for each join, µs | %.0f |%n",
				(double) (this.crowd.cpu() - cpu) / joins / 1000);
	}

	private static double worst(List<double[]> times, int index) {
		return times.stream().mapToDouble((time) -> time[index]).max().orElseThrow();
	}

	private void print(String format, Object... figures) {
		this.out.printf(Locale.ROOT, format, figures);
		this.out.flush();
	}

}
