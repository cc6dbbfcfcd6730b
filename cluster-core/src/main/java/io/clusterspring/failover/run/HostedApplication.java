package io.clusterspring.failover.run;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

	private volatile @Nullable ApplicationCall latestStart;

	private boolean running;

	// the executor has enough threads that no application waits for another
	HostedApplication(DistributedApplication application, Placement placement, Executor executor,
			ScheduledExecutorService timer) {
		this.application = application;
		this.placement = placement;
		this.timer = timer;
		this.calls = new Mailbox(executor, Integer.MAX_VALUE);
	}

	// a start must still be allowed when its turn comes
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
		ApplicationCall start = new ApplicationCall();
		this.latestStart = start;
		Duration time = this.placement.startTimeout();
		ScheduledFuture<?> limit = schedule(
				() -> expireStart(start, listener, "has not started within " + time.toMillis() + " ms"), time);
		Throwable failure = start.make(() -> this.application.start(reason));
		limit.cancel(false);
		this.running = failure == null;
		if (start.isLate()) {
			comeBackLate(failure, listener);
		}
		else {
			listener.called((failure != null) ? CallResult.FAILED : CallResult.STARTED, failure);
		}
	}

	private void expireStart(ApplicationCall start, Listener listener, String what) {
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
			new Stop(listener).call(() -> {
				listener.called(CallResult.FAILED,
						new TimeoutException("It started after its start timeout, and was stopped again"));
				listener.called(CallResult.CAME_BACK);
			});
		}
	}

	// a start that still runs has half of the stop timeout to end, and is then
	// interrupted
	void stop(Listener listener) {
		Stop stop = new Stop(listener);
		ScheduledFuture<?> half = schedule(this::interruptStart, this.placement.stopTimeout().dividedBy(2));
		this.calls.postAlways(() -> {
			half.cancel(false);
			stop.call(() -> listener.called(CallResult.STOPPED));
		});
	}

	private void interruptStart() {
		ApplicationCall start = this.latestStart;
		if (start != null && start.interrupt() != null) {
			logger.warn("'" + name() + "' must stop while it still starts: its start was interrupted");
		}
	}

	private String name() {
		return this.application.name();
	}

	private ScheduledFuture<?> schedule(Runnable task, Duration delay) {
		return this.timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	/** One stop, whose time begins at once. */
	private final class Stop {

		private final Listener listener;

		private final ApplicationCall stop = new ApplicationCall();

		private final ScheduledFuture<?> limit;

		Stop(Listener listener) {
			this.listener = listener;
			this.limit = schedule(this::giveUp, HostedApplication.this.placement.stopTimeout());
		}

		private void giveUp() {
			String what = "has not stopped within " + HostedApplication.this.placement.stopTimeout().toMillis() + " ms";
			ApplicationCall start = HostedApplication.this.latestStart;
			if (start != null && !start.hasReturned()) {
				expireStart(start, this.listener, what + ", because it still starts");
				return;
			}
			Throwable place = this.stop.expire(() -> this.listener.called(CallResult.STOP_HANGS));
			if (place != null) {
				logger.error("'" + name() + "' " + what + ": it was interrupted, and counts as stopped", place);
			}
		}

		void call(Runnable done) {
			Throwable failure = this.stop.make(() -> {
				if (HostedApplication.this.running) {
					HostedApplication.this.application.stop();
				}
			});
			HostedApplication.this.running = false;
			if (failure != null) {
				logger.error("'" + name() + "' has failed to stop, and counts as stopped", failure);
			}
			this.limit.cancel(false);
			if (this.stop.isLate()) {
				this.listener.called(CallResult.CAME_BACK);
			}
			else {
				done.run();
			}
		}

	}

	/** Receives the results of calls, on their threads. */
	interface Listener {

		// take a result, with the exception of a failed start
		void called(CallResult result, @Nullable Throwable failure);

		default void called(CallResult result) {
			called(result, null);
		}

	}

}
