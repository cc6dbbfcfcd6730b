package io.clusterspring.failover;

import org.jspecify.annotations.Nullable;

/**
 * A start that goes on. It comes back in time, or is found to hang; never both.
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
	 * The time is up.
	 * @param told told that it hangs, before it is interrupted: it may come back at once
	 * @return where it was, {@code null} if it has come back or was known to hang
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
	 * It has come back.
	 * @return whether it was known to hang
	 */
	synchronized boolean end() {
		this.over = true;
		return this.hanging;
	}

	/**
	 * Return whether it goes on, in time or not.
	 * @return {@code true} until it has come back
	 */
	synchronized boolean goesOn() {
		return !this.over;
	}

}
