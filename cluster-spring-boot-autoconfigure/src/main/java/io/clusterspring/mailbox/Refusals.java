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
 * What follows when an executor does not take a turn: it is asked again, later and later,
 * and the log says why, each cause when it comes for the first, second, fourth time.
 */
final class Refusals {

	private static final Log logger = LogFactory.getLog(Mailbox.class);

	private static final Duration FIRST_DELAY = Duration.ofMillis(50);

	private static final int MOST_DOUBLINGS = 5;

	private static final Map<Class<?>, CountedWarning> CAUSES = new ConcurrentHashMap<>();

	private Refusals() {
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
				return false; // not there yet
			}
		}
		return executor instanceof SimpleAsyncTaskExecutor threads && !threads.isActive();
	}

	/**
	 * Do something once more.
	 * @param action what to do
	 * @param failures how often it has failed
	 */
	static void retry(Runnable action, int failures) {
		// if not even this can be done, the next post is left
		quietly(() -> Delay.of(FIRST_DELAY.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS)), action));
	}

	static void report(Throwable failure) {
		quietly(() -> {
			logger.debug("An executor has not taken a mailbox", failure);
			CAUSES.computeIfAbsent(failure.getClass(), (cause) -> new CountedWarning(logger))
				.add((count) -> "An executor has not taken a mailbox, which waits and is tried again (" + count
						+ " time(s) so far): " + failure
						+ ". Give the executor an unbounded queue, or the process room for more threads");
		});
	}

	/**
	 * Do something that is good to have, whatever becomes of it.
	 * @param action what to do
	 */
	@SuppressWarnings("EmptyCatch")
	static void quietly(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			// without memory not even the log can be written
		}
	}

}
