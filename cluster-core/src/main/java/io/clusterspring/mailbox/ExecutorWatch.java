package io.clusterspring.mailbox;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Measures how long mailboxes wait for a thread of their executor. Every second it gives
 * the executor a task of its own and measures when it runs. It warns once when the wait
 * is 5 seconds or longer, and again only after the wait was shorter.
 */
public final class ExecutorWatch implements FailureSource, SmartLifecycle, AutoCloseable {

	private static final Log logger = LogFactory.getLog(ExecutorWatch.class);

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

	private static final String NO_THREAD = "no thread";

	private final Executor executor;

	private final Supplier<List<BulkheadSource>> sources;

	private final LongSupplier nanoClock;

	private final Ticker ticker;

	// the causes of warnings that still hold
	private final Map<String, Boolean> warned = new ConcurrentHashMap<>();

	private volatile boolean running;

	private volatile @Nullable Probe probe;

	private volatile long lastWait;

	/**
	 * Create a watch.
	 * @param executor the executor of mailboxes
	 * @param sources supply the bulkheads of those mailboxes
	 */
	public ExecutorWatch(Executor executor, Supplier<List<BulkheadSource>> sources) {
		this(executor, sources, System::nanoTime);
	}

	ExecutorWatch(Executor executor, Supplier<List<BulkheadSource>> sources, LongSupplier nanoClock) {
		this.executor = executor;
		this.sources = sources;
		this.nanoClock = nanoClock;
		this.ticker = Ticker.withThread("cluster-executor-watch", Duration.ofSeconds(1), this::tick);
	}

	/** Start to measure every second. */
	@Override
	public void start() {
		this.running = true;
		this.ticker.start();
	}

	/**
	 * Measure nothing: a context that is paused holds the tasks of its executors back.
	 */
	@Override
	public void stop() {
		this.running = false;
		this.probe = null;
		this.lastWait = 0;
		this.warned.clear();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	private void tick() {
		if (this.running) {
			look();
		}
	}

	void look() {
		if (this.probe == null) {
			Probe next = new Probe(this.nanoClock.getAsLong());
			this.probe = next;
			hand(next);
		}
		report(NO_THREAD, threadWait(),
				(seconds) -> "No thread of the executor clusterTaskExecutor was free for " + seconds
						+ " s: the application's handlers hold all of them, and clients wait. Let handlers that wait "
						+ "return a stage, or raise cluster.executor.threads");
		for (Bulkhead bulkhead : bulkheads()) {
			report(bulkhead.name(), bulkhead.longestWait(), (seconds) -> bulkhead.name() + " have waited for " + seconds
					+ " s, because methods that block hold all " + bulkhead.limit() + " threads these may have. Let "
					+ "methods that wait return a stage or have a time-out, or raise cluster.executor.threads");
		}
	}

	private void hand(Probe next) {
		try {
			this.executor.execute(next);
		}
		catch (Throwable ex) {
			this.probe = null;
			if (!RejectedTurns.isShutDown(this.executor)) {
				RejectedTurns.report(ex);
			}
		}
	}

	private void report(String cause, long wait, LongFunction<String> message) {
		if (wait < PATIENCE) {
			this.warned.remove(cause);
		}
		else if (this.warned.put(cause, true) == null) {
			logger.warn(message.apply(TimeUnit.NANOSECONDS.toSeconds(wait)));
		}
	}

	/** Return how long mailboxes wait for a thread now, in seconds. */
	public double longestWait() {
		long longest = bulkheads().stream().mapToLong(Bulkhead::longestWait).max().orElse(0);
		return Math.max(longest, threadWait()) / 1e9;
	}

	/**
	 * Return how many mailboxes wait because other mailboxes of their controller use all
	 * threads that it may use.
	 */
	public int waiting() {
		return bulkheads().stream().mapToInt(Bulkhead::waiting).sum();
	}

	private long threadWait() {
		Probe present = this.probe;
		return (present != null) ? this.nanoClock.getAsLong() - present.since : this.lastWait;
	}

	private Collection<Bulkhead> bulkheads() {
		return this.sources.get().stream().flatMap((source) -> source.bulkheads().stream()).toList();
	}

	@Override
	public Map<String, String> failures() {
		return this.ticker.failures();
	}

	@Override
	public void close() {
		this.ticker.close();
	}

	/** A task that measures the time until it runs. */
	private final class Probe implements Runnable {

		private final long since;

		Probe(long since) {
			this.since = since;
		}

		@Override
		public void run() {
			if (ExecutorWatch.this.probe == this) {
				ExecutorWatch.this.lastWait = ExecutorWatch.this.nanoClock.getAsLong() - this.since;
				ExecutorWatch.this.probe = null;
			}
		}

	}

}
