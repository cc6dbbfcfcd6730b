package io.clusterspring.failover;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.mailbox.Mailbox;

/**
 * Calls an application of this node: one call at a time, in order, and a stop that is
 * over after a while, whatever the application does.
 */
final class HostedApplication {

	private static final Log logger = LogFactory.getLog(HostedApplication.class);

	private final DistributedApplication application;

	private final Duration stopTimeout;

	private final ScheduledExecutorService timer;

	private final Mailbox calls;

	private @Nullable Thread caller;

	private boolean running;

	/**
	 * Create an application that does not run.
	 * @param application the application
	 * @param stopTimeout how long a stop may take
	 * @param executor runs the calls, none of which waits for another application
	 * @param timer tells when a stop has taken too long
	 */
	HostedApplication(DistributedApplication application, Duration stopTimeout, Executor executor,
			ScheduledExecutorService timer) {
		this.application = application;
		this.stopTimeout = stopTimeout;
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
			if (!allowed.getAsBoolean()) {
				logger.warn(
						"'" + this.application.name() + "' is not started: it is too late for token " + reason.token());
				listener.stopped();
				return;
			}
			Throwable failure = call(() -> this.application.start(reason));
			this.running = failure == null;
			if (failure == null) {
				listener.started();
			}
			else {
				listener.failed(failure);
			}
		});
	}

	/**
	 * Stop it, after a start that still goes on.
	 * @param listener hears when it is over
	 */
	void stop(Listener listener) {
		AtomicBoolean told = new AtomicBoolean();
		ScheduledFuture<?> limit = this.timer.schedule(() -> {
			if (told.compareAndSet(false, true)) {
				logger.error("'" + this.application.name() + "' has not stopped within " + this.stopTimeout.toMillis()
						+ " ms: it is interrupted, and taken as stopped");
				// told first: it may come back at once
				listener.hangs();
				interrupt();
			}
		}, this.stopTimeout.toNanos(), TimeUnit.NANOSECONDS);
		this.calls.postAlways(() -> {
			Throwable failure = this.running ? call(this.application::stop) : null;
			this.running = false;
			if (failure != null) {
				logger.error("'" + this.application.name() + "' has failed to stop, and is taken as stopped", failure);
			}
			limit.cancel(false);
			if (told.compareAndSet(false, true)) {
				listener.stopped();
			}
			else {
				listener.cameBack();
			}
		});
	}

	private @Nullable Throwable call(Call call) {
		synchronized (this) {
			this.caller = Thread.currentThread();
		}
		try {
			call.run();
			return null;
		}
		catch (Throwable ex) {
			return ex;
		}
		finally {
			synchronized (this) {
				this.caller = null;
			}
			// what was meant for this call is not for the next one
			Thread.interrupted();
		}
	}

	private synchronized void interrupt() {
		if (this.caller != null) {
			this.caller.interrupt();
		}
	}

	/**
	 * A call of the application.
	 */
	private interface Call {

		void run() throws Exception;

	}

	/**
	 * Hears how calls went, on their threads.
	 */
	interface Listener {

		void started();

		void failed(Throwable failure);

		void stopped();

		/** It did not stop in time. */
		void hangs();

		/** It did not stop in time, but has now. */
		void cameBack();

	}

}
