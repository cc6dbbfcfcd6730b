package io.clusterspring.mailbox;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Runs an action once, later. All delays share the one thread that the JDK has for the
 * time-outs of its futures.
 */
public final class Delay {

	private static final Log logger = LogFactory.getLog(Delay.class);

	private final CompletableFuture<Void> due = new CompletableFuture<>();

	private Delay() {
	}

	/**
	 * Run an action after some time.
	 * @param action the action, which must neither wait nor take long
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
			RejectedTurns.quietly(() -> logger.error("A delayed action has failed", ex));
		}
	}

	/** Do not run the action, unless it is already due. */
	public void cancel() {
		this.due.cancel(false);
	}

}
