package io.clusterspring.mailbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
 * Does some tasks again and again, a fixed delay after they were done the last time.
 * Whatever one of them throws is logged and told by {@link #failures()}, and keeps
 * neither the others nor its own next time from coming. Can be started again when it has
 * stopped; any thread may do so.
 */
public final class Ticker implements FailureSource, AutoCloseable {

	/** How late the tasks may be before they are taken for stuck. */
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
	 * Create a ticker with a daemon thread of its own, which lives from start to stop.
	 * @param name names the thread, and the work
	 * @param delay the time from the end of one run to the next
	 * @param tasks the tasks, none of which may block for long
	 * @return the ticker, which is not started
	 */
	public static Ticker withThread(String name, Duration delay, Runnable... tasks) {
		return new Ticker(null, System::nanoTime, name, delay, tasks);
	}

	/**
	 * Create a ticker on a thread that does other things, too.
	 * @param timer has the thread
	 * @param name names the work
	 * @param delay the time from the end of one run to the next
	 * @param tasks the tasks
	 * @return the ticker, which is not started
	 */
	public static Ticker on(ScheduledExecutorService timer, String name, Duration delay, Runnable... tasks) {
		return new Ticker(timer, System::nanoTime, name, delay, tasks);
	}

	/**
	 * Create what runs the one thread that a timer needs.
	 * @param name names the thread, which is a daemon
	 * @return the executor, to be shut down
	 */
	public static ScheduledThreadPoolExecutor timer(String name) {
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		});
		timer.setRemoveOnCancelPolicy(true);
		return timer;
	}

	/**
	 * Start, unless it has started.
	 */
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
		// after a stop and a start an earlier run may still go on
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

	/**
	 * Stop, without waiting for a run that goes on.
	 */
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
	 * Return whether it has started and not stopped.
	 * @return {@code true} in between
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
			return Map.of(this.name, "has not been done for " + TimeUnit.NANOSECONDS.toSeconds(late) + " s");
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

}
