package io.clusterspring.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.clusterspring.presence.Presence;

/**
 * Measures the cost of presence with many entries of one topic on three nodes, and prints
 * tables.
 */
public final class PresenceBenchmarks implements AutoCloseable {

	private static final String TOPIC = "room:large";

	private static final int SAMPLES = 2000;

	private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

	private static final double MICROS = 1e3;

	private static final double MILLIS = 1e6;

	private final List<PresenceNode> nodes = new ArrayList<>();

	private final int entries;

	private final int joins;

	private final int port;

	private final String cluster = "presence-" + UUID.randomUUID();

	private final PrintStream out;

	private PresenceBenchmarks(int entries, int joins, int port, PrintStream out) {
		this.entries = entries;
		this.joins = joins;
		this.port = port;
		this.out = out;
	}

	/**
	 * Measure.
	 * @param arguments the number of entries, the number of joins, and the first port; by
	 * default 35000 10000 29600
	 */
	public static void main(String[] arguments) {
		int[] numbers = { 35_000, 10_000, 29_600 };
		for (int i = 0; i < arguments.length; i++) {
			numbers[i] = Integer.parseInt(arguments[i]);
		}
		run(numbers[0], numbers[1], numbers[2], System.out);
		System.exit(0);
	}

	static void run(int entries, int joins, int port, PrintStream out) {
		try (PresenceBenchmarks benchmarks = new PresenceBenchmarks(entries, joins, port, out)) {
			benchmarks.measure();
		}
	}

	private void measure() {
		for (int number = 1; number <= 3; number++) {
			this.nodes.add(new PresenceNode(this.cluster, number, this.port));
		}
		warmUp();
		entries();
		lists();
		members();
		this.out.println();
		this.out
			.println("| joins | s | CPU, s | diffs to clients | MB of them | states written | GB of state to clients "
					+ "| until the state came: median, 99 %, longest, ms |");
		this.out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
		storm("room:warm", this.joins / 5, Duration.ZERO);
		storm("room:paced", this.joins, Duration.ofSeconds(10));
		storm("room:fast", this.joins, Duration.ZERO);
	}

	private void warmUp() {
		for (int round = 0; round < 3; round++) {
			track("room:warm-up", this.entries / 5);
			for (int i = 0; i < 100; i++) {
				presence(1).list("room:warm-up");
			}
			untrack(this.entries / 5);
			await("room:warm-up", 0);
		}
	}

	private void entries() {
		long before = used();
		long start = System.nanoTime();
		track(TOPIC, this.entries);
		long tracked = System.nanoTime();
		await(TOPIC, this.entries);
		long arrived = System.nanoTime();
		this.out.println("| what | measured |");
		this.out.println("| --- | --- |");
		row("`track`, mean of %,d on three nodes, µs | %.1f", this.entries, (tracked - start) / MICROS / this.entries);
		row("until all were on all nodes after the last, ms | %.1f", (arrived - tracked) / MILLIS);
		row("heap for each entry and node, its owner included, bytes | %.0f",
				(double) (used() - before) / this.entries / this.nodes.size());
	}

	private void lists() {
		Samples counts = new Samples(SAMPLES);
		for (int i = 0; i < SAMPLES; i++) {
			counts.time(() -> presence(1).count(TOPIC));
		}
		row("`count`, median, 99 %% and longest, µs | %s", counts.percentiles(MICROS));
		row("`list` with nobody else, ms | %s", list(200).percentiles(MILLIS));
		Samples[] alone = write(0);
		row("`track` and `untrack` with nobody else, µs | %s", alone[0].percentiles(MICROS));
		for (int readers : new int[] { 1, 4 }) {
			Samples[] both = write(readers);
			row("`track` and `untrack` while %d list without pause, µs | %s", readers, both[0].percentiles(MICROS));
			row("`list` meanwhile, %,d times, ms | %s", both[1].count(), both[1].percentiles(MILLIS));
		}
	}

	private Samples list(int times) {
		Samples lists = new Samples(times);
		while (!lists.isFull()) {
			lists.time(() -> presence(1).list(TOPIC));
		}
		return lists;
	}

	/**
	 * Write for some seconds, one change per millisecond, while others list.
	 * @param readers how many threads list without pause
	 * @return the durations of the writes, and of the lists of one reader
	 */
	private Samples[] write(int readers) {
		AtomicBoolean done = new AtomicBoolean();
		Samples writes = new Samples(SAMPLES);
		Samples lists = new Samples(100 * SAMPLES);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < readers; i++) {
			Samples noted = (i == 0) ? lists : new Samples(0);
			Thread thread = new Thread(() -> {
				while (!done.get()) {
					noted.time(() -> presence(1).list(TOPIC));
				}
			});
			thread.start();
			threads.add(thread);
		}
		while (!writes.isFull()) {
			writes.time(() -> presence(1).track("writer", TOPIC, "written", PresenceNode.meta(1)));
			writes.time(() -> presence(1).untrack("writer"));
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
		}
		done.set(true);
		threads.forEach(PresenceBenchmarks::join);
		return new Samples[] { writes, lists };
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Let one more node join, and leave again with its entries.
	 */
	private void members() {
		PresenceNode late = new PresenceNode(this.cluster, this.nodes.size() + 1, this.port);
		long started = System.nanoTime();
		this.nodes.add(late);
		await(TOPIC, this.entries);
		row("until a node that has joined knows all, ms | %.1f", (System.nanoTime() - started) / MILLIS);
		row("pages it has requested | %d", late.presence().statistics().requests());
		for (int i = 0; i < this.entries / 3; i++) {
			late.presence().track(-1 - i, TOPIC, "late-" + i, PresenceNode.meta(4));
		}
		await(TOPIC, this.entries + this.entries / 3);
		this.nodes.remove(late);
		Thread leaving = new Thread(late::close);
		long left = System.nanoTime();
		leaving.start();
		await(TOPIC, this.entries);
		row("until the %,d entries of a node that leaves are gone, ms | %.1f", this.entries / 3,
				(System.nanoTime() - left) / MILLIS);
		join(leaving);
		untrack(this.entries);
		await(TOPIC, 0);
	}

	private void storm(String topic, int count, Duration time) {
		this.out.println(new JoinStorm().run(this.nodes, topic, count, time));
	}

	private void track(String topic, int count) {
		for (int i = 0; i < count; i++) {
			int number = 1 + i % this.nodes.size();
			presence(number).track(i, topic, "user-" + i, PresenceNode.meta(number));
		}
	}

	private void untrack(int count) {
		for (int i = 0; i < count; i++) {
			presence(1 + i % this.nodes.size()).untrack(i);
		}
	}

	private void await(String topic, int count) {
		this.nodes.forEach((node) -> PresenceNode.await(() -> node.presence().count(topic) == count, PATIENCE_NANOS));
	}

	private Presence presence(int number) {
		return this.nodes.get(number - 1).presence();
	}

	private void row(String format, Object... values) {
		this.out.println("| " + String.format(format, values) + " |");
	}

	private static long used() {
		for (int i = 0; i < 5; i++) {
			System.gc();
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
		}
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	@Override
	public void close() {
		this.nodes.forEach(PresenceNode::close);
	}

}
