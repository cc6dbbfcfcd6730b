package io.clusterspring.failover;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.mailbox.Mailbox;

/**
 * Calls an application of this node: one call at a time, in order. A start that takes too
 * long is interrupted, and what it has started after all is stopped at once; until it has
 * come back nobody is told that the application is not here. A stop that takes too long
 * is interrupted, and over, whatever the application does.
 */
final class HostedApplication {

	private static final Log logger = LogFactory.getLog(HostedApplication.class);

	private final DistributedApplication application;

	private final Placement placement;

	private final ScheduledExecutorService timer;

	private final Mailbox calls;

	private volatile @Nullable PendingStart starting;

	private boolean running;

	/**
	 * Create an application that does not run.
	 * @param application the application
	 * @param placement says how long its calls may take
	 * @param executor runs the calls, none of which waits for another application
	 * @param timer tells when a call has taken too long
	 */
	HostedApplication(DistributedApplication application, Placement placement, Executor executor,
			ScheduledExecutorService timer) {
		this.application = application;
		this.placement = placement;
		this.timer = timer;
		this.calls = new Mailbox(executor, Integer.MAX_VALUE);
	}

	/**
	 * Start it.
	 * @param reason why
	 * @param allowed says whether it may still be started when its turn has come
	 * @param listener hears how it went
	 */
	void start(StartReason reason, BooleanSupplier allowed, Listener listener) {
		this.calls.postAlways(() -> {
			if (allowed.getAsBoolean()) {
				callStart(reason, listener);
			}
			else {
				logger.warn("'" + name() + "' is not started: it is too late for token " + reason.token());
				listener.stopped();
			}
		});
	}

	private void callStart(StartReason reason, Listener listener) {
		PendingStart start = new PendingStart();
		this.starting = start;
		Duration time = this.placement.startTimeout();
		ScheduledFuture<?> limit = schedule(
				() -> expire(start, listener, "has not started within " + time.toMillis() + " ms"), time);
		Throwable failure = start.call().make(() -> this.application.start(reason));
		limit.cancel(false);
		boolean late = start.end();
		this.running = failure == null;
		if (late) {
			comeBackLate(failure, listener);
		}
		else if (failure == null) {
			listener.started();
		}
		else {
			listener.failed(failure);
		}
	}

	private void expire(PendingStart start, Listener listener, String what) {
		Throwable place = start.expire(listener::startHangs);
		if (place != null) {
			logger.error("'" + name() + "' " + what + ": it is interrupted, and has failed to start. As long as its "
					+ "start does not come back it may be at work here, and is started nowhere else: end this "
					+ "process if it does not", place);
		}
	}

	private void comeBackLate(@Nullable Throwable failure, Listener listener) {
		logger.warn("The start of '" + name() + "' has come back, after it was interrupted");
		if (failure != null) {
			listener.failed(failure);
			listener.cameBack();
		}
		else {
			Stop undo = new Stop(listener, () -> {
				listener.failed(new TimeoutException("It took longer to start than it may, and was stopped again"));
				listener.cameBack();
			});
			undo.limit();
			undo.call();
		}
	}

	/**
	 * Stop it, after a start that still goes on. That has half of the time to end by
	 * itself, and is interrupted then.
	 * @param listener hears when it is over
	 */
	void stop(Listener listener) {
		Stop stop = new Stop(listener, listener::stopped);
		stop.limit();
		ScheduledFuture<?> half = schedule(this::interruptStart, this.placement.stopTimeout().dividedBy(2));
		this.calls.postAlways(() -> {
			half.cancel(false);
			stop.call();
		});
	}

	private void interruptStart() {
		PendingStart start = this.starting;
		if (start != null && start.call().interrupt() != null) {
			logger.warn("'" + name() + "' is to stop and still starts: its start is interrupted");
		}
	}

	private String name() {
		return this.application.name();
	}

	private ScheduledFuture<?> schedule(Runnable task, Duration delay) {
		return this.timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * One stop, with its limit.
	 */
	private final class Stop {

		private final Listener listener;

		private final Runnable done;

		private final ApplicationCall call = new ApplicationCall();

		private final AtomicBoolean told = new AtomicBoolean();

		private @Nullable ScheduledFuture<?> limit;

		Stop(Listener listener, Runnable done) {
			this.listener = listener;
			this.done = done;
		}

		void limit() {
			this.limit = schedule(this::giveUp, HostedApplication.this.placement.stopTimeout());
		}

		private void giveUp() {
			String what = "has not stopped within " + HostedApplication.this.placement.stopTimeout().toMillis() + " ms";
			PendingStart start = HostedApplication.this.starting;
			if (start != null && start.goesOn()) {
				expire(start, this.listener, what + ", since it still starts");
			}
			else if (this.told.compareAndSet(false, true)) {
				// told first: it may come back at once
				this.listener.stopHangs();
				logger.error("'" + name() + "' " + what + ": it is interrupted, and taken as stopped",
						this.call.interrupt());
			}
		}

		void call() {
			boolean present = HostedApplication.this.running;
			Throwable failure = present ? this.call.make(HostedApplication.this.application::stop) : null;
			HostedApplication.this.running = false;
			if (failure != null) {
				logger.error("'" + name() + "' has failed to stop, and is taken as stopped", failure);
			}
			if (this.limit != null) {
				this.limit.cancel(false);
			}
			if (this.told.compareAndSet(false, true)) {
				this.done.run();
			}
			else {
				this.listener.cameBack();
			}
		}

	}

	/**
	 * Hears how calls went, on their threads.
	 */
	interface Listener {

		void started();

		void failed(Throwable failure);

		void stopped();

		/** It did not start in time, and may be at work. */
		void startHangs();

		/** It did not stop in time, and is taken as stopped. */
		void stopHangs();

		/** What hung has come back. */
		void cameBack();

	}

}
