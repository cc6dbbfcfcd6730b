package io.clusterspring.mailbox;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Something that is to happen later. All delays share the one thread that the JDK has for
 * the time-outs of its futures, so that none needs a thread of its own.
 */
public final class Delay {

	private static final Log logger = LogFactory.getLog(Delay.class);

	private final CompletableFuture<Void> due = new CompletableFuture<>();

	private Delay() {
	}

	/**
	 * Do something after some time.
	 * @param time the time
	 * @param action what to do; it must neither wait nor take long
	 * @return the delay
	 */
	@SuppressWarnings("NullAway")
	public static Delay of(Duration time, Runnable action) {
		Delay delay = new Delay();
		delay.due.thenRun(() -> run(action));
		delay.due.completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS);
		return delay;
	}

	private static void run(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			Refusals.quietly(() -> logger.error("What was to be done after some time failed", ex));
		}
	}

	/**
	 * Do without it, if it is not due yet.
	 */
	public void cancel() {
		this.due.cancel(false);
	}

}
