package io.clusterspring.mailbox;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.Assert;

/**
 * Runs tasks one at a time and in order on a shared executor, as an Erlang process takes
 * its messages. An idle mailbox holds no thread. Any number of threads may post.
 *
 * <p>
 * The counter is the whole protocol: a task is queued first and counted second, so who
 * raises it from zero schedules the run, and a run finds a task for every count it takes
 * back. Who lowers it to zero leaves.
 */
public final class Mailbox {

	private static final Log logger = LogFactory.getLog(Mailbox.class);

	private static final int TASKS_PER_TURN = 256;

	private final Executor executor;

	private final int capacity;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private volatile boolean stopped;

	/**
	 * Create a mailbox.
	 * @param executor runs the tasks
	 * @param capacity how many tasks may wait, at least one; concurrent posts may exceed
	 * it by their number
	 */
	public Mailbox(Executor executor, int capacity) {
		Assert.isTrue(capacity > 0, "A mailbox needs a capacity");
		this.executor = executor;
		this.capacity = capacity;
	}

	/**
	 * Post a task, without waiting.
	 * @param task the task
	 * @return {@code false} if the mailbox is full or its executor has stopped: the task
	 * will not run
	 */
	public boolean post(Runnable task) {
		return !isFull() && postAlways(task);
	}

	/**
	 * Post a task even if the mailbox is full: for the few that must not be lost, such as
	 * the last one.
	 * @param task the task
	 * @return {@code false} if the executor has stopped
	 */
	public boolean postAlways(Runnable task) {
		if (this.stopped) {
			return false;
		}
		this.tasks.add(task);
		return this.waiting.getAndIncrement() != 0 || schedule();
	}

	/**
	 * Return whether as many tasks wait as may.
	 * @return {@code true} if {@link #post} would refuse one more
	 */
	public boolean isFull() {
		return this.waiting.get() >= this.capacity;
	}

	/**
	 * Return how many tasks wait, counting the one that runs.
	 * @return the number of tasks
	 */
	public int size() {
		return this.waiting.get();
	}

	private boolean schedule() {
		try {
			this.executor.execute(this::takeTurn);
			return true;
		}
		catch (RejectedExecutionException ex) {
			this.stopped = true;
			logger.debug("Mailbox stopped with its executor", ex);
			return false;
		}
	}

	private void takeTurn() {
		for (int i = 0; i < TASKS_PER_TURN; i++) {
			run(this.tasks.remove());
			if (this.waiting.decrementAndGet() == 0) {
				return;
			}
		}
		schedule();
	}

	private static void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.error("Task failed in a mailbox", ex);
		}
	}

}
