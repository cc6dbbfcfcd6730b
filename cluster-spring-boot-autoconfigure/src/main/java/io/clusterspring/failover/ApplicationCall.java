package io.clusterspring.failover;

import org.jspecify.annotations.Nullable;

/**
 * A call of an application, which may be interrupted only while it goes on. Thread-safe.
 */
final class ApplicationCall {

	private @Nullable Thread thread;

	/**
	 * Make it, on this thread.
	 * @param body what to call
	 * @return what was thrown, {@code null} if it returned
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
			// what was meant for this call is not for the next one
			Thread.interrupted();
		}
	}

	/**
	 * Interrupt it, if it goes on.
	 * @return where it was, for the log; {@code null} if it does not go on
	 */
	synchronized @Nullable Throwable interrupt() {
		Thread present = this.thread;
		if (present == null) {
			return null;
		}
		Throwable place = new Throwable("it was here");
		place.setStackTrace(present.getStackTrace());
		present.interrupt();
		return place;
	}

	/**
	 * What is called.
	 */
	interface Body {

		void run() throws Exception;

	}

}
