package io.clusterspring.failover.run;

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

import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.StartReason;
import io.clusterspring.failover.decision.CallResult;
import io.clusterspring.mailbox.Mailbox;

/**
 * Calls {@code start} and {@code stop} of an application on this node, one call at a time
 * and in order. A start that exceeds its timeout is interrupted. If it then succeeds
 * late, the application is stopped at once; until the start has returned, the application
 * counts as present here. A stop that exceeds its timeout is interrupted, and the
 * application counts as stopped.
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
	 * @param placement its placement, with the timeouts
	 * @param executor runs the calls, on enough threads that no application waits for
	 * another
	 * @param timer runs the timeouts
	 */
	HostedApplication(DistributedApplication application, Placement placement, Executor executor,
			ScheduledExecutorService timer) {
		this.application = application;
		this.placement = placement;
		this.timer = timer;
		this.calls = new Mailbox(executor, Integer.MAX_VALUE);
	}

	/**
	 * Start the application.
	 * @param reason the reason of the start
	 * @param allowed returns whether the start is still allowed when its turn comes
	 * @param listener receives the result
	 */
	void start(StartReason reason, BooleanSupplier allowed, Listener listener) {
		this.calls.postAlways(() -> {
			if (allowed.getAsBoolean()) {
				callStart(reason, listener);
			}
			else {
				logger.warn("'" + name() + "' is not started: its term has ended before the start, for token "
						+ reason.token());
				listener.called(CallResult.STOPPED);
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
			listener.called(CallResult.STARTED);
		}
		else {
			listener.called(CallResult.FAILED, failure);
		}
	}

	private void expire(PendingStart start, Listener listener, String what) {
		Throwable place = start.expire(() -> listener.called(CallResult.START_HANGS));
		if (place != null) {
			logger.error("'" + name() + "' " + what + ": it was interrupted, and the start has failed. Until "
					+ "the start returns, the application may be at work here, and no other node starts it. If it "
					+ "does not return, end this process", place);
		}
	}

	private void comeBackLate(@Nullable Throwable failure, Listener listener) {
		logger.warn("The start of '" + name() + "' has returned after it was interrupted");
		if (failure != null) {
			listener.called(CallResult.FAILED, failure);
			listener.called(CallResult.CAME_BACK);
		}
		else {
			Stop undo = new Stop(listener, () -> {
				listener.called(CallResult.FAILED,
						new TimeoutException("It started after its start timeout, and was stopped again"));
				listener.called(CallResult.CAME_BACK);
			});
			undo.limit();
			undo.call();
		}
	}

	/**
	 * Stop the application. A start that still runs has half of the stop timeout to end,
	 * and is then interrupted.
	 * @param listener receives the result
	 */
	void stop(Listener listener) {
		Stop stop = new Stop(listener, () -> listener.called(CallResult.STOPPED));
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
			logger.warn("'" + name() + "' must stop while it still starts: its start was interrupted");
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
				expire(start, this.listener, what + ", because it still starts");
			}
			else if (this.told.compareAndSet(false, true)) {
				// first, because the call may return at once
				this.listener.called(CallResult.STOP_HANGS);
				logger.error("'" + name() + "' " + what + ": it was interrupted, and counts as stopped",
						this.call.interrupt());
			}
		}

		void call() {
			boolean present = HostedApplication.this.running;
			Throwable failure = present ? this.call.make(HostedApplication.this.application::stop) : null;
			HostedApplication.this.running = false;
			if (failure != null) {
				logger.error("'" + name() + "' has failed to stop, and counts as stopped", failure);
			}
			if (this.limit != null) {
				this.limit.cancel(false);
			}
			if (this.told.compareAndSet(false, true)) {
				this.done.run();
			}
			else {
				this.listener.called(CallResult.CAME_BACK);
			}
		}

	}

	/**
	 * Receives the results of calls, on their threads.
	 */
	interface Listener {

		/**
		 * Take a result.
		 * @param result the result
		 * @param failure the exception of a failed start, otherwise {@code null}
		 */
		void called(CallResult result, @Nullable Throwable failure);

		default void called(CallResult result) {
			called(result, null);
		}

	}

}
