package io.clusterspring.drain;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Closes the connections of clients in batches when the application stops, so that the
 * clients do not all connect to other nodes at once. It stops before the web server,
 * whose graceful shutdown does not wait for these connections, and before the node leaves
 * the cluster. Spring Boot refuses traffic (readiness) before it stops any bean.
 */
public final class ConnectionDrain implements SmartLifecycle {

	/**
	 * Stops before Spring Boot's web server and its graceful shutdown, and after beans
	 * with the default phase.
	 */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

	private static final Log logger = LogFactory.getLog(ConnectionDrain.class);

	private static final long POLL_MILLIS = 20;

	private final Settings settings;

	private final SingletonSupplier<List<Drainable>> drainables;

	private volatile boolean running;

	/** Whether an operator keeps clients away. */
	private volatile boolean held;

	/**
	 * Create a drain.
	 * @param settings batch size, interval and timeout
	 * @param drainables supplies the connections to close; called when the application
	 * starts
	 */
	public ConnectionDrain(Settings settings, Supplier<List<Drainable>> drainables) {
		this.settings = settings;
		this.drainables = SingletonSupplier.of(drainables);
	}

	@Override
	public void start() {
		this.running = true;
		accept();
	}

	private void accept() {
		if (this.running && !this.held) {
			this.drainables.obtain().forEach((drainable) -> drainable.setAccepting(true));
		}
	}

	/**
	 * Refuse clients from now on, until {@link #release()} is called.
	 * @return how many connections there are, which stay open
	 */
	public int hold() {
		this.held = true;
		List<Drainable> all = this.drainables.obtain();
		all.forEach((drainable) -> drainable.setAccepting(false));
		return size(all);
	}

	/**
	 * Close all connections as when the application stops, while clients are refused. An
	 * interrupt of the thread ends it.
	 */
	public void closeHeld() {
		if (this.held) {
			close("they are closed when the application stops");
		}
	}

	/** Accept clients again, unless the application stops. */
	public void release() {
		this.held = false;
		accept();
	}

	/**
	 * Return whether clients are refused since {@link #hold()}.
	 * @return {@code false} once they are accepted again
	 */
	public boolean isHeld() {
		return this.held;
	}

	/**
	 * Close all connections, and wait until they are closed or the timeout has passed.
	 */
	@Override
	public void stop() {
		this.running = false;
		this.drainables.obtain().forEach((drainable) -> drainable.setAccepting(false));
		close("the application stops without waiting for them");
	}

	private void close(String otherwise) {
		List<Drainable> all = this.drainables.obtain();
		int total = size(all);
		if (total == 0) {
			return;
		}
		long start = System.nanoTime();
		try {
			new Run(all, start + this.settings.timeout().toNanos()).run(this.settings.batchSizeFor(total));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			logger.info("Stopped closing connections; " + size(all) + " of " + total + " are open");
			return;
		}
		long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
		int left = size(all);
		if (left > 0) {
			logger.warn(left + " of " + total + " connections are still open after " + millis + " ms; " + otherwise
					+ " (cluster.channels.drain.timeout)");
		}
		else {
			logger.info("Closed " + total + " connections in " + millis + " ms");
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	private static int size(List<Drainable> drainables) {
		return drainables.stream().mapToInt(Drainable::size).sum();
	}

	/**
	 * One run from the first batch to the end.
	 */
	private final class Run {

		private final List<Drainable> drainables;

		private final long deadline;

		Run(List<Drainable> drainables, long deadline) {
			this.drainables = drainables;
			this.deadline = deadline;
		}

		void run(int batchSize) throws InterruptedException {
			logger.info("Closing " + size(this.drainables) + " connections, " + batchSize + " every "
					+ ConnectionDrain.this.settings.interval().toMillis() + " ms");
			int closed = 0;
			catchUp();
			for (Drainable drainable : this.drainables) {
				Iterator<? extends Drainable.Connection> connections = drainable.connections();
				for (Drainable.Connection next = next(connections); next != null; next = next(connections)) {
					if (closed > 0 && closed % batchSize == 0) {
						pause(ConnectionDrain.this.settings.interval().toMillis());
						catchUp();
					}
					attempt(Drainable.Connection::drain, next);
					closed++;
				}
			}
			long last = (this.deadline - System.nanoTime()) / 4;
			// repeated, because new connections may have opened meanwhile
			awaitEnd(this.deadline - last, Drainable.Connection::drain);
			awaitEnd(this.deadline, Drainable.Connection::close);
		}

		private void awaitEnd(long end, Consumer<Drainable.Connection> action) throws InterruptedException {
			while (size(this.drainables) > 0 && end - System.nanoTime() > 0) {
				this.drainables.forEach((drainable) -> drainable.connections()
					.forEachRemaining((connection) -> attempt(action, connection)));
				pause(POLL_MILLIS);
			}
		}

		// a failed connection must not keep the others open
		private static void attempt(Consumer<Drainable.Connection> action, Drainable.Connection connection) {
			try {
				action.accept(connection);
			}
			catch (Throwable ex) {
				logger.debug("Cannot close a connection", ex);
			}
		}

		private void catchUp() throws InterruptedException {
			List<BooleanSupplier> conditions = this.drainables.stream().map(Drainable::caughtUp).toList();
			long end = System.nanoTime() + (this.deadline - System.nanoTime()) / 4;
			while (!conditions.stream().allMatch(BooleanSupplier::getAsBoolean) && end - System.nanoTime() > 0) {
				pause(1);
			}
		}

		private void pause(long millis) throws InterruptedException {
			long left = TimeUnit.NANOSECONDS.toMillis(this.deadline - System.nanoTime());
			if (left > 0) {
				Thread.sleep(Math.min(left, millis));
			}
		}

		private static Drainable.@Nullable Connection next(Iterator<? extends Drainable.Connection> connections) {
			return connections.hasNext() ? connections.next() : null;
		}

	}

	/**
	 * The speed of closing connections.
	 *
	 * @param batchSize the number of connections in a batch
	 * @param interval the time between two batches
	 * @param timeout the maximum time for all batches; they are made larger if they would
	 * take longer than three quarters of it
	 */
	public record Settings(int batchSize, Duration interval, Duration timeout) {

		public Settings {
			Assert.isTrue(batchSize > 0, "The batch size must be positive");
			Assert.isTrue(!interval.isNegative() && !timeout.isNegative(), "Times must not be negative");
		}

		int batchSizeFor(int connections) {
			if (this.interval.isZero()) {
				return this.batchSize;
			}
			long batches = 1 + this.timeout.multipliedBy(3).dividedBy(4).dividedBy(this.interval);
			return (int) Math.max(this.batchSize, (connections + batches - 1) / batches);
		}

	}

}
