package io.clusterspring.mailbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a task so that it throws nothing. A failure is logged, less and less often for
 * each type, and kept until the task succeeds. One thread at a time may run it.
 */
final class GuardedTask implements Runnable {

	private final String name;

	private final Runnable task;

	private final Log logger;

	private final Map<Class<?>, CountedWarning> causes = new ConcurrentHashMap<>();

	private volatile @Nullable Throwable failure;

	GuardedTask(String name, Runnable task, Log logger) {
		this.name = name;
		this.task = task;
		this.logger = logger;
	}

	@Override
	public void run() {
		try {
			this.task.run();
			this.failure = null;
		}
		catch (Throwable ex) {
			this.failure = ex;
			report(ex);
		}
	}

	private void report(Throwable cause) {
		try {
			this.causes.computeIfAbsent(cause.getClass(), (type) -> new CountedWarning(this.logger))
				.add((count) -> "'" + this.name + "' has failed " + count
						+ " time(s) for this reason, and will be run again", cause);
		}
		catch (Throwable ex) {
			// without memory nothing can be logged; the health still shows the failure
		}
	}

	/**
	 * Return the failure of the last run.
	 * @return the failure, {@code null} if the run has succeeded
	 */
	@Nullable Throwable failure() {
		return this.failure;
	}

}
