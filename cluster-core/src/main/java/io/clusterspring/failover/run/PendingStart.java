package io.clusterspring.failover.run;

import org.jspecify.annotations.Nullable;

/**
 * A start that has not ended. It returns in time, or it is reported to hang, never both.
 * Thread-safe.
 */
final class PendingStart {

	private final ApplicationCall call = new ApplicationCall();

	private boolean over;

	private boolean hanging;

	ApplicationCall call() {
		return this.call;
	}

	/**
	 * The start timeout is over.
	 * @param told is run before the interrupt, because the start may then return at once
	 * @return its stack trace, {@code null} if it has returned or already hangs
	 */
	synchronized @Nullable Throwable expire(Runnable told) {
		if (this.over || this.hanging) {
			return null;
		}
		this.hanging = true;
		told.run();
		return this.call.interrupt();
	}

	/**
	 * The start has returned.
	 * @return whether it was reported to hang
	 */
	synchronized boolean end() {
		this.over = true;
		return this.hanging;
	}

	/**
	 * Return whether the start still runs, in time or not.
	 * @return {@code true} until it has returned
	 */
	synchronized boolean goesOn() {
		return !this.over;
	}

}
