package io.clusterspring.failover.run;

import org.jspecify.annotations.Nullable;

/**
 * One call of an application. It returns in time, or it is reported to hang, never both,
 * and it can be interrupted only while it runs. Thread-safe.
 */
final class ApplicationCall {

	private State state = State.PENDING;

	private @Nullable Thread thread;

	/**
	 * Make the call on this thread.
	 * @return the exception, {@code null} if the call returned normally
	 */
	@Nullable Throwable make(Body body) {
		synchronized (this) {
			this.thread = Thread.currentThread();
		}
		try {
			body.run();
			return null;
		}
		catch (Throwable ex) {
			return ex;
		}
		finally {
			synchronized (this) {
				this.thread = null;
				this.state = (this.state == State.HANGING) ? State.LATE : State.RETURNED;
			}
			// an interrupt of this call must not reach the next one
			Thread.interrupted();
		}
	}

	/**
	 * The time of the call is over: report that it hangs, and interrupt it.
	 * @param report runs before the interrupt, because the call may then return at once
	 * @return the place of the call, {@code null} if it has returned or already hangs
	 */
	synchronized @Nullable Throwable expire(Runnable report) {
		if (this.state != State.PENDING) {
			return null;
		}
		this.state = State.HANGING;
		report.run();
		Throwable place = interrupt();
		return (place != null) ? place : new Throwable("the call has not begun");
	}

	/**
	 * Interrupt the call, if it runs.
	 * @return its stack trace, for the log; {@code null} if it does not run
	 */
	synchronized @Nullable Throwable interrupt() {
		Thread present = this.thread;
		if (present == null) {
			return null;
		}
		Throwable place = new Throwable("the call was here");
		place.setStackTrace(present.getStackTrace());
		present.interrupt();
		return place;
	}

	synchronized boolean hasReturned() {
		return this.state == State.RETURNED || this.state == State.LATE;
	}

	// whether the call has returned after it was reported to hang
	synchronized boolean isLate() {
		return this.state == State.LATE;
	}

	private enum State {

		PENDING, HANGING, RETURNED, LATE

	}

	/** The code of a call. */
	interface Body {

		void run() throws Exception;

	}

}
