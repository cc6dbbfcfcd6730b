package io.clusterspring.benchmarks;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import com.sun.management.OperatingSystemMXBean;

import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.mailbox.WarmThreadQueue;

/**
 * Measures the threads that run mailboxes: the starter's pool, a pool with the usual
 * queue, and the JDK's fork-join pool, which take turns in one run.
 */
public final class ThreadsBenchmark {

	private static final Map<String, String> DEFAULTS = Map.of("seconds", "3", "rounds", "5", "threads", "32", "load",
			"1,100");

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long WORK_NANOS = 2_000;

	private ThreadsBenchmark() {
	}

	/**
	 * Measure.
	 * @param arguments each {@code --name=value}: the seconds of a measurement, how often
	 * it is repeated, the threads of a pool, and the mailboxes that get a message at once
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] arguments) throws InterruptedException {
		Arguments given = Arguments.of(DEFAULTS, arguments);
		for (int load : given.list("load", ",").mapToInt(Integer::parseInt).toArray()) {
			measure(load, given.number("threads"), given.number("rounds"), given.seconds("seconds"), System.out);
		}
	}

	static void measure(int load, int threads, int rounds, Duration time, PrintStream out) throws InterruptedException {
		Map<Threads, List<double[]>> all = new EnumMap<>(Threads.class);
		for (int round = 0; round <= rounds; round++) {
			for (Threads each : Threads.values()) {
				double[] figures = run(each.start(threads), load, time);
				// the first round warms up
				if (round > 0) {
					all.computeIfAbsent(each, (key) -> new ArrayList<>()).add(figures);
				}
			}
		}
		out.println(
				"| " + load + " mailboxes at once | p50 until the last ran, µs | CPU, µs per message | CPU ratio |");
		out.println("| --- | --- | --- | --- |");
		double first = median(all.getOrDefault(Threads.WARM, List.of()), 1);
		all.forEach((each, figures) -> out.printf(Locale.ROOT, "| %s | %.1f | %.2f | %.2f |%n", each,
				median(figures, 0), median(figures, 1), first / median(figures, 1)));
	}

	private static double[] run(ExecutorService executor, int load, Duration time) throws InterruptedException {
		List<Mailbox> mailboxes = IntStream.range(0, load).mapToObj((i) -> new Mailbox(executor, 1000)).toList();
		long[] waits = new long[(int) (time.toNanos() / INTERVAL_NANOS) + 1];
		int count = 0;
		long cpu = SYSTEM.getProcessCpuTime();
		long start = System.nanoTime();
		for (long due = start; due - start < time.toNanos(); due = Math.max(due + INTERVAL_NANOS, System.nanoTime())) {
			while (System.nanoTime() < due) {
				LockSupport.parkNanos(due - System.nanoTime());
			}
			long sent = System.nanoTime();
			CountDownLatch left = new CountDownLatch(load);
			mailboxes.forEach((mailbox) -> mailbox.post(() -> work(left)));
			left.await();
			waits[count++] = System.nanoTime() - sent;
		}
		double micros = (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / count / load;
		executor.shutdown();
		executor.awaitTermination(10, TimeUnit.SECONDS);
		long[] sorted = Arrays.copyOf(waits, count);
		Arrays.sort(sorted);
		return new double[] { sorted[count / 2] / 1e3, micros };
	}

	private static void work(CountDownLatch left) {
		long end = System.nanoTime() + WORK_NANOS;
		while (System.nanoTime() < end) {
			Thread.onSpinWait();
		}
		left.countDown();
	}

	private static double median(List<double[]> figures, int index) {
		double[] sorted = figures.stream().mapToDouble((each) -> each[index]).sorted().toArray();
		return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}

	/**
	 * The threads that take turns.
	 */
	private enum Threads {

		WARM, USUAL, FORK_JOIN;

		ExecutorService start(int threads) {
			return switch (this) {
				case WARM -> pool(threads, new WarmThreadQueue());
				case USUAL -> pool(threads, new LinkedBlockingQueue<>());
				case FORK_JOIN ->
					new ForkJoinPool(threads, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true);
			};
		}

		private static ExecutorService pool(int threads, BlockingQueue<Runnable> queue) {
			ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 60, TimeUnit.SECONDS, queue);
			pool.allowCoreThreadTimeOut(true);
			return pool;
		}

	}

}
