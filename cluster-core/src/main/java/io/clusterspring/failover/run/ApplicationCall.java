package io.clusterspring.failover.run;

import org.jspecify.annotations.Nullable;

/**
 * A call of an application, which can be interrupted only while it runs. Thread-safe.
 */
final class ApplicationCall {

	private @Nullable Thread thread;

	/**
	 * Make the call on this thread.
	 * @param body the code to call
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
			}
			// an interrupt of this call must not reach the next one
			Thread.interrupted();
		}
	}

	/**
	 * Interrupt the call, if it still runs.
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

	/**
	 * The code of a call.
	 */
	interface Body {

		void run() throws Exception;

	}

}
