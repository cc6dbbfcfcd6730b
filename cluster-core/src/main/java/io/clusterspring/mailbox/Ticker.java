package io.clusterspring.mailbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks periodically, with a fixed delay between the end of one run and the next. A
 * failure is logged and shown by {@link #failures()}; it stops neither the other tasks
 * nor the next run. It can be started again after a stop. Thread-safe.
 */
public final class Ticker implements FailureSource, AutoCloseable {

	/** How late a run may be before {@link #failures()} shows it. */
	static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Log logger = LogFactory.getLog(Ticker.class);

	private final String name;

	private final Duration delay;

	private final List<GuardedTask> tasks;

	private final @Nullable ScheduledExecutorService shared;

	private final LongSupplier nanoClock;

	private final AtomicBoolean busy = new AtomicBoolean();

	private @Nullable ScheduledExecutorService own;

	private volatile @Nullable ScheduledFuture<?> ticking;

	private volatile long done;

	Ticker(@Nullable ScheduledExecutorService shared, LongSupplier nanoClock, String name, Duration delay,
			Runnable... tasks) {
		this.shared = shared;
		this.nanoClock = nanoClock;
		this.name = name;
		this.delay = delay;
		this.tasks = Arrays.stream(tasks).map((task) -> new GuardedTask(name, task, logger)).toList();
	}

	/**
	 * Create a ticker with a daemon thread of its own, from start to stop.
	 * @param name the name of the thread and of the work
	 * @param delay the time from the end of one run to the next
	 * @param tasks the tasks, none of which may block for long
	 * @return the ticker, which is not started
	 */
	public static Ticker withThread(String name, Duration delay, Runnable... tasks) {
		return new Ticker(null, System::nanoTime, name, delay, tasks);
	}

	/**
	 * Create a ticker on a thread that others use as well.
	 * @param name the name of the work
	 * @param delay the time from the end of one run to the next
	 * @return the ticker, which is not started
	 */
	public static Ticker on(ScheduledExecutorService timer, String name, Duration delay, Runnable... tasks) {
		return new Ticker(timer, System::nanoTime, name, delay, tasks);
	}

	/**
	 * Create an executor with one thread for timers.
	 * @param name the name of the thread, which is a daemon
	 * @return the executor, which the caller shuts down
	 */
	public static ScheduledThreadPoolExecutor timer(String name) {
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, new DaemonThreads(name));
		timer.setRemoveOnCancelPolicy(true);
		return timer;
	}

	/** Start, unless it has started. */
	public synchronized void start() {
		if (this.ticking == null) {
			ScheduledExecutorService timer = this.shared;
			if (timer == null) {
				timer = timer(this.name);
				this.own = timer;
			}
			long nanos = this.delay.toNanos();
			this.done = this.nanoClock.getAsLong();
			this.ticking = timer.scheduleWithFixedDelay(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
		}
	}

	private void tick() {
		// a run from before a stop and a start may still go on
		if (this.busy.compareAndSet(false, true)) {
			try {
				this.tasks.forEach(GuardedTask::run);
				this.done = this.nanoClock.getAsLong();
			}
			finally {
				this.busy.set(false);
			}
		}
	}

	/** Stop, without waiting for a present run. */
	public synchronized void stop() {
		ScheduledFuture<?> running = this.ticking;
		ScheduledExecutorService timer = this.own;
		this.ticking = null;
		this.own = null;
		if (running != null) {
			running.cancel(false);
		}
		if (timer != null) {
			timer.shutdown();
		}
	}

	/**
	 * Return whether it runs: it was started and not stopped.
	 * @return {@code true} between start and stop
	 */
	public boolean isRunning() {
		return this.ticking != null;
	}

	@Override
	public Map<String, String> failures() {
		if (!isRunning()) {
			return Map.of();
		}
		long late = this.nanoClock.getAsLong() - this.done - this.delay.toNanos();
		if (late > PATIENCE.toNanos()) {
			return Map.of(this.name, "has not run for " + TimeUnit.NANOSECONDS.toSeconds(late) + " s");
		}
		for (GuardedTask task : this.tasks) {
			Throwable failure = task.failure();
			if (failure != null) {
				return Map.of(this.name, failure.toString());
			}
		}
		return Map.of();
	}

	@Override
	public void close() {
		stop();
	}

	/**
	 * Wraps a task so that it throws nothing. A failure is logged, less and less often
	 * for each type, and kept until the task succeeds. One thread at a time may run it.
	 */
	private static final class GuardedTask implements Runnable {

		private final String name;

		private final Runnable task;

		private final Log logger;

		private final Map<Class<?>, CountedWarning> causes = new ConcurrentHashMap<>();

		private volatile @Nullable Throwable failure;

		GuardedTask(String name, Runnable task, Log logger) {
			this.name = name;
			this.task = task;
			this.logger = logger;
		}

		@Override
		public void run() {
			try {
				this.task.run();
				this.failure = null;
			}
			catch (Throwable ex) {
				this.failure = ex;
				report(ex);
			}
		}

		private void report(Throwable cause) {
			try {
				this.causes.computeIfAbsent(cause.getClass(), (type) -> new CountedWarning(this.logger))
					.add((count) -> "'" + this.name + "' has failed " + count
							+ " time(s) for this reason, and will be run again", cause);
			}
			catch (Throwable ex) {
				// without memory nothing can be logged; the health still shows the
				// failure
			}
		}

		/** Return the failure of the last run, {@code null} if the run has succeeded. */
		@Nullable Throwable failure() {
			return this.failure;
		}

	}

}
