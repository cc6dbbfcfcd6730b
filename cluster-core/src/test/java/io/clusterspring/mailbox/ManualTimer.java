package io.clusterspring.mailbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A timer whose time advances only by {@link #advance}, and that runs its tasks on the
 * calling thread. It starts no thread.
 */
public final class ManualTimer extends ScheduledThreadPoolExecutor {

	private final List<Task> tasks = new ArrayList<>();

	private long nanos;

	private long number;

	/**
	 * Create a timer at zero.
	 */
	public ManualTimer() {
		super(0);
	}

	/**
	 * Return the time.
	 * @return nanoseconds
	 */
	public long nanoTime() {
		return this.nanos;
	}

	/**
	 * Advance the time, and run all tasks that are due.
	 * @param time the amount
	 * @param unit its unit
	 */
	public void advance(long time, TimeUnit unit) {
		long end = this.nanos + unit.toNanos(time);
		for (Task next = next(end); next != null; next = next(end)) {
			this.nanos = Math.max(this.nanos, next.at);
			this.tasks.remove(next);
			next.happen();
		}
		this.nanos = end;
	}

	private Task next(long end) {
		this.tasks.removeIf(Task::isCancelled);
		return this.tasks.stream()
			.filter((task) -> task.at <= end)
			.min(Comparator.comparing((Task task) -> task.at).thenComparing((task) -> task.number))
			.orElse(null);
	}

	@Override
	public void execute(Runnable command) {
		command.run();
	}

	@Override
	public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
		return add(new Task(command, unit.toNanos(delay), 0));
	}

	@Override
	public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long delay, TimeUnit unit) {
		return add(new Task(command, unit.toNanos(initial), unit.toNanos(delay)));
	}

	private Task add(Task task) {
		this.tasks.add(task);
		return task;
	}

	private final class Task extends FutureTask<Void> implements RunnableScheduledFuture<Void> {

		private final long number = ManualTimer.this.number++;

		private final long delay;

		private long at;

		Task(Runnable command, long initial, long delay) {
			super(command, null);
			this.at = ManualTimer.this.nanos + initial;
			this.delay = delay;
		}

		// as the JDK's timer: a task that throws is not run again
		void happen() {
			if (!isPeriodic()) {
				run();
			}
			else if (runAndReset()) {
				this.at = ManualTimer.this.nanos + this.delay;
				add(this);
			}
		}

		@Override
		public boolean isPeriodic() {
			return this.delay > 0;
		}

		@Override
		public long getDelay(TimeUnit unit) {
			return unit.convert(this.at - ManualTimer.this.nanos, TimeUnit.NANOSECONDS);
		}

		@Override
		public int compareTo(Delayed other) {
			return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
		}

	}

}
