package io.clusterspring.mailbox;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.mailbox.Bulkhead.Bulkheads;
import io.clusterspring.text.LogText;

/**
 * Runs tasks one at a time and in order on a shared executor, as an Erlang process takes
 * its messages. An idle mailbox holds no thread. Thread-safe.
 *
 * <p>
 * The counter {@code waiting} is the whole protocol. A post first queues the task and
 * then increments the counter. The post that increments it from zero submits a turn to
 * the executor. A turn decrements the counter once for each task, and finds a task each
 * time unless it was withdrawn. The turn that reaches zero ends; the next post submits a
 * new one. So at most one turn is submitted or running at any time.
 *
 * <p>
 * If the executor rejects a turn, because it is full or cannot create a thread, the turn
 * is submitted again by the next post and after a delay. Only an executor that was shut
 * down stops the mailbox.
 */
public final class Mailbox {

	private static final Log logger = LogFactory.getLog(Mailbox.class);

	private static final int TASKS_PER_TURN = 256;

	private final Executor executor;

	private final int capacity;

	private final @Nullable Bulkheads bulkheads;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	// the executor has rejected a turn that is still due
	private final AtomicBoolean stuck = new AtomicBoolean();

	private int failures;

	// used by the turns only, one after the other
	private @Nullable Suspension suspension;

	private volatile boolean stopped;

	/**
	 * Create a mailbox.
	 * @param executor runs the tasks
	 * @param capacity how many tasks may wait, at least one; posts at the same moment may
	 * exceed it by their number
	 */
	public Mailbox(Executor executor, int capacity) {
		this(executor, capacity, null);
	}

	/**
	 * Create a mailbox that shares its executor fairly.
	 * @param executor runs the tasks
	 * @param capacity how many tasks may wait, at least one; posts at the same moment may
	 * exceed it by their number
	 * @param bulkheads limit how many mailboxes of a kind run at the same time
	 */
	public Mailbox(Executor executor, int capacity, @Nullable Bulkheads bulkheads) {
		Assert.isTrue(capacity > 0, "A mailbox needs a capacity");
		this.executor = executor;
		this.capacity = capacity;
		this.bulkheads = bulkheads;
	}

	/**
	 * Post a task, without waiting.
	 * @return {@code false} if the mailbox is full or its executor was shut down: the
	 * task will not run
	 */
	public boolean post(Runnable task) {
		return !isFull() && postAlways(task);
	}

	/**
	 * Post a task even if the mailbox is full. Use it only for the few tasks that must
	 * not be lost, such as the last one.
	 * @return {@code false} if the executor was shut down
	 */
	public boolean postAlways(Runnable task) {
		if (this.stopped) {
			return false;
		}
		this.tasks.add(task);
		if (this.waiting.getAndIncrement() == 0) {
			handOver();
		}
		else if (this.stuck.get()) {
			retry();
		}
		return !this.stopped;
	}

	/**
	 * Remove tasks that wait. They stay in the count until their turn.
	 * @param which selects the tasks to remove; a selected task may still run if its turn
	 * comes at this moment
	 */
	public boolean withdraw(Predicate<? super Runnable> which) {
		return this.tasks.removeIf(which);
	}

	/**
	 * Return whether the mailbox is full.
	 * @return {@code true} if {@link #post} would refuse one more
	 */
	public boolean isFull() {
		return this.waiting.get() >= this.capacity;
	}

	/**
	 * Return how many tasks wait, counting the one that runs or has suspended the
	 * mailbox.
	 */
	public int size() {
		return this.waiting.get();
	}

	/**
	 * Suspend the mailbox at the end of the calling task. A suspended mailbox holds no
	 * thread; the tasks that wait run after it is resumed. Only a task of this mailbox
	 * may call this, once.
	 */
	public Suspension suspend() {
		Suspension suspension = new Suspension(this);
		this.suspension = suspension;
		return suspension;
	}

	void handOver() {
		if (this.bulkheads == null || this.bulkheads.enter(this)) {
			execute();
		}
	}

	/** Continue after a wait for a bulkhead. */
	void admit() {
		try {
			if (this.bulkheads == null || this.bulkheads.enterNow(this)) {
				execute();
			}
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private void execute() {
		Turn turn = null;
		try {
			turn = new Turn(this);
			this.executor.execute(turn);
			if (this.failures != 0) {
				this.failures = 0;
			}
		}
		catch (Throwable ex) {
			// an executor may throw although it has taken the turn
			if (turn == null || turn.take()) {
				leaveBulkheads();
				failed(ex);
			}
		}
	}

	private void failed(Throwable failure) {
		if (RejectedTurns.isShutDown(this.executor)) {
			this.stopped = true;
			logger.debug("Mailbox stopped: its executor was shut down", failure);
			return;
		}
		this.stuck.set(true);
		this.failures++;
		RejectedTurns.retry(this::retry, this.failures);
		RejectedTurns.report(failure);
	}

	private void retry() {
		if (this.stuck.compareAndSet(true, false)) {
			handOver();
		}
	}

	private void takeTurn() {
		for (int i = 0; i < TASKS_PER_TURN; i++) {
			Runnable task = next();
			if (task != null) {
				run(task);
			}
			Suspension suspended = this.suspension;
			if (suspended != null) {
				leaveBulkheads();
				if (!suspended.begin()) {
					handOver();
				}
				return;
			}
			if (this.waiting.decrementAndGet() == 0) {
				leaveBulkheads();
				return;
			}
		}
		leaveBulkheads();
		handOver();
	}

	private @Nullable Runnable next() {
		Suspension over = this.suspension;
		this.suspension = null;
		return (over != null) ? over.next() : this.tasks.poll();
	}

	private void leaveBulkheads() {
		if (this.bulkheads != null) {
			this.bulkheads.leave();
		}
	}

	private static void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			RejectedTurns.quietly(() -> logger.error("Task failed in a mailbox", LogText.failure(ex)));
		}
	}

	/**
	 * One submission to the executor. It is taken once: by the thread that runs it, or by
	 * the submitter if the executor throws.
	 */
	private static final class Turn extends AtomicBoolean implements Runnable {

		private final Mailbox mailbox;

		Turn(Mailbox mailbox) {
			this.mailbox = mailbox;
		}

		boolean take() {
			return compareAndSet(false, true);
		}

		@Override
		public void run() {
			if (take()) {
				this.mailbox.takeTurn();
			}
		}

	}

}
