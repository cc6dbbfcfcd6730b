package io.clusterspring.mailbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * A task that throws nothing. Whatever it would throw is logged, by its kind and ever
 * more rarely, and kept until the task has succeeded. One thread at a time may run it.
 */
final class GuardedTask implements Runnable {

	private final String name;

	private final Runnable task;

	private final Log logger;

	private final Map<Class<?>, CountedWarning> causes = new ConcurrentHashMap<>();

	private volatile @Nullable Throwable failure;

	/**
	 * Guard a task.
	 * @param name names it in the log
	 * @param task the task
	 * @param logger takes the failures
	 */
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
						+ " time(s) for this reason, and is done again", cause);
		}
		catch (Throwable ex) {
			// without memory there is no log either; the health still has the failure
		}
	}

	/**
	 * Return why it has failed the last time.
	 * @return the cause, {@code null} if it has not
	 */
	@Nullable Throwable failure() {
		return this.failure;
	}

}
