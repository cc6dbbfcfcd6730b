package io.clusterspring.benchmarks.many;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.clusterspring.benchmarks.NodeProcess;

/**
 * Measures clusters of many nodes on one machine, and prints a table with one row for
 * each number of nodes.
 */
public final class ManyNodes {

	private static final int HEARERS = 3;

	private static final long LONGEST_SETTLE_MILLIS = 5000;

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

	private final ManySettings settings;

	private final Crowd crowd;

	private final List<Integer> all;

	private final List<Integer> group;

	private final ManyTable.Row row = new ManyTable.Row();

	private int lies;

	private ManyNodes(ManySettings settings, int nodes) {
		this.settings = settings;
		this.crowd = new Crowd(settings, nodes);
		this.all = IntStream.rangeClosed(1, nodes).boxed().toList();
		int size = ManySettings.group(nodes);
		this.group = this.all.subList(nodes - size, nodes);
	}

	/**
	 * Measure.
	 * @param arguments see {@link ManySettings}
	 * @throws IOException if a node does not answer
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		if (!run(ManySettings.of(arguments), System.out)) {
			System.err.println("Messages were lost, or a node was, that lived: the figures are not valid");
			System.exit(1);
		}
	}

	static boolean run(ManySettings settings, PrintStream out) throws IOException, InterruptedException {
		ManyTable table = new ManyTable(settings, out);
		boolean valid = true;
		for (int nodes : settings.nodes()) {
			ManyNodes measured = new ManyNodes(settings, nodes);
			try {
				measured.measure();
			}
			finally {
				measured.crowd.close();
			}
			valid &= measured.row.isValid();
			table.add(nodes, measured.row);
		}
		return valid;
	}

	private void measure() throws IOException, InterruptedException {
		say("start");
		start();
		say("idle");
		TimeUnit.MILLISECONDS.sleep(Math.min(LONGEST_SETTLE_MILLIS, this.settings.idle().toMillis()));
		double idle = idle();
		say("broadcasts");
		broadcast(idle);
		say("death");
		kill();
		say("restart");
		roll();
		this.row.lies(this.lies);
	}

	// where it is, for a person who waits
	private void say(String phase) {
		System.err.printf("%tT %d nodes: %s%n", System.currentTimeMillis(), this.all.size(), phase);
	}

	private void start() throws IOException, InterruptedException {
		long start = this.crowd.connect(this.all);
		long before = sinceBoot();
		this.crowd.awaitStarts(this.all);
		Crowd.Agreement agreed = agree(List.of());
		this.row.start(agreed.since() - start, before, this.crowd.cpu());
	}

	// the CPU time of the processes before they connected, as far as they tell it
	private long sinceBoot() {
		return this.all.stream()
			.map((number) -> this.crowd.node(number).handle().info().totalCpuDuration())
			.mapToLong((cpu) -> cpu.orElseThrow().toNanos())
			.sum();
	}

	private double idle() throws IOException, InterruptedException {
		long cpu = this.crowd.cpu();
		Traffic traffic = this.crowd.traffic();
		TimeUnit.NANOSECONDS.sleep(this.settings.idle().toNanos());
		double share = (double) (this.crowd.cpu() - cpu) / this.settings.idle().toNanos();
		this.row.idle(share, this.crowd.traffic().minus(traffic), this.settings.idle(), this.all.size());
		return share;
	}

	private void broadcast(double idle) throws IOException, InterruptedException {
		List<Integer> hearers = this.all.stream().skip(1).limit(HEARERS).toList();
		for (int hearer : hearers) {
			this.crowd.node(hearer).ask("listen");
		}
		this.crowd.node(1).ask("warm-up");
		long others = topicFrames(hearers);
		long cpu = this.crowd.cpu();
		long start = System.nanoTime();
		this.crowd.node(1).ask("publish " + this.settings.messages() + " " + this.settings.perSecond());
		long heard = 0;
		for (int hearer : hearers) {
			heard += awaitHeard(this.crowd.node(hearer));
		}
		long time = System.nanoTime() - start;
		this.row.broadcasts((double) (this.crowd.cpu() - cpu) / time, idle, this.settings,
				heard - (long) hearers.size() * this.settings.messages(), topicFrames(hearers) - others);
	}

	private long awaitHeard(NodeProcess hearer) throws IOException, InterruptedException {
		long deadline = System.nanoTime() + PATIENCE_NANOS;
		long heard = Long.parseLong(hearer.ask("heard"));
		while (heard < this.settings.messages() && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(20);
			heard = Long.parseLong(hearer.ask("heard"));
		}
		return heard;
	}

	// at the nodes that do not listen
	private long topicFrames(List<Integer> hearers) throws IOException {
		long sum = 0;
		for (int number : this.all) {
			if (number > 1 && !hearers.contains(number)) {
				sum += Long.parseLong(this.crowd.node(number).ask("frames TOPIC"));
			}
		}
		return sum;
	}

	private void kill() throws IOException, InterruptedException {
		long start = this.crowd.kill(this.group);
		Crowd.Agreement agreed = agree(this.group);
		this.row.death(agreed.since() - start);
		this.crowd.connect(this.group);
		this.crowd.awaitStarts(this.group);
		agree(List.of());
	}

	private void roll() throws IOException, InterruptedException {
		long start = System.nanoTime();
		List<Integer> left = new ArrayList<>(this.all);
		while (!left.isEmpty()) {
			List<Integer> next = List.copyOf(left.subList(0, Math.min(this.group.size(), left.size())));
			this.crowd.leave(next);
			this.crowd.connect(next);
			this.crowd.awaitStarts(next);
			agree(next);
			left.removeAll(next);
		}
		this.row.roll(System.nanoTime() - start);
	}

	private Crowd.Agreement agree(List<Integer> gone) throws IOException, InterruptedException {
		Crowd.Agreement agreed = this.crowd.awaitAgreement();
		this.lies += agreed.lies(gone);
		return agreed;
	}

}
