package io.clusterspring.jgroups.engine;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jgroups.util.ThreadFactory;
import org.jgroups.util.ThreadPool;
import org.jgroups.util.TimeScheduler;
import org.jgroups.util.TimeScheduler3;

import io.clusterspring.jgroups.EngineFailures;

/**
 * The timer of the engine, which logs what a task throws, and goes on: here an Error is
 * kept as well.
 *
 * <p>
 * Replaces nothing of the timer but what becomes of an Error
 * (docs/upstream.md#errors-that-are-swallowed). This can go once a channel tells what was
 * caught.
 */
final class EngineTimer extends TimeScheduler3 {

	private final EngineFailures failures;

	EngineTimer(ThreadPool pool, ThreadFactory threads, EngineFailures failures) {
		super(pool, threads, false);
		this.failures = failures;
	}

	@Override
	public void execute(Runnable task, boolean canBlock) {
		super.execute(watched(task), canBlock);
	}

	@Override
	public Future<?> schedule(Runnable task, long delay, TimeUnit unit, boolean canBlock) {
		return super.schedule(watched(task), delay, unit, canBlock);
	}

	@Override
	protected Future<?> scheduleRecurring(Runnable task, TaskType type, long initialDelay, long delay, TimeUnit unit,
			boolean canBlock) {
		return super.scheduleRecurring(watched(task), type, initialDelay, delay, unit, canBlock);
	}

	private Runnable watched(Runnable task) {
		return (task instanceof TimeScheduler.Task dynamic) ? watched(dynamic)
				: () -> this.failures.watch("timer", task);
	}

	private TimeScheduler.Task watched(TimeScheduler.Task task) {
		return new TimeScheduler.Task() {

			@Override
			public long nextInterval() {
				return task.nextInterval();
			}

			@Override
			public void run() {
				EngineTimer.this.failures.watch("timer", task);
			}

			@Override
			public String toString() {
				return task.toString();
			}

		};
	}

}
