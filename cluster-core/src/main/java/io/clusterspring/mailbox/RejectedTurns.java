package io.clusterspring.mailbox;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Handles executors that reject a turn: submits it again with growing delays, and logs
 * each cause the first, second, fourth time and so on.
 */
final class RejectedTurns {

	private static final Log logger = LogFactory.getLog(Mailbox.class);

	private static final Duration FIRST_DELAY = Duration.ofMillis(50);

	private static final int MOST_DOUBLINGS = 5;

	private static final Map<Class<?>, CountedWarning> CAUSES = new ConcurrentHashMap<>();

	private RejectedTurns() {
	}

	static boolean isShutDown(Object executor) {
		if (executor instanceof ExecutorService service) {
			return service.isShutdown();
		}
		if (executor instanceof ThreadPoolTaskExecutor pool) {
			try {
				return pool.getThreadPoolExecutor().isShutdown();
			}
			catch (IllegalStateException ex) {
				return false; // not initialized yet
			}
		}
		return executor instanceof SimpleAsyncTaskExecutor threads && !threads.isActive();
	}

	// runs an action again after a delay
	static void retry(Runnable action, int failures) {
		// if this fails as well, the next post tries again
		quietly(() -> Delay.of(FIRST_DELAY.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS)), action));
	}

	static void report(Throwable failure) {
		quietly(() -> {
			logger.debug("An executor has rejected a mailbox", failure);
			CAUSES.computeIfAbsent(failure.getClass(), (cause) -> new CountedWarning(logger))
				.add((count) -> "An executor has rejected a mailbox, which waits and is submitted again (" + count
						+ " time(s) so far): " + failure
						+ ". Give the executor an unbounded queue, or the process room for more threads");
		});
	}

	// runs an action and ignores all that it throws
	@SuppressWarnings("EmptyCatch")
	static void quietly(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			// without memory even logging fails
		}
	}

}
