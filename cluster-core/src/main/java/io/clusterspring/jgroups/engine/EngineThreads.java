package io.clusterspring.jgroups.engine;

import org.jgroups.util.LazyThreadFactory;

import io.clusterspring.jgroups.EngineFailures;

/**
 * Makes the threads of the engine: those that take connections, read from them, keep its
 * timers, work for its pool, and write in lanes. An Error that ends one of them is not
 * for the standard error alone.
 *
 * <p>
 * Replaces nothing of the threads but what becomes of an Error
 * (docs/upstream.md#errors-that-are-swallowed). This can go once a channel tells what was
 * caught.
 */
final class EngineThreads extends LazyThreadFactory {

	private final EngineFailures failures;

	EngineThreads(EngineFailures failures, boolean virtual) {
		super("jgroups", false, true);
		useVirtualThreads(virtual);
		this.failures = failures;
	}

	@Override
	public Thread newThread(Runnable task, String name) {
		return super.newThread(watched(task), name);
	}

	@Override
	public Thread newThread(Runnable task) {
		return super.newThread(watched(task));
	}

	private Watched watched(Runnable task) {
		return (task instanceof Watched watched) ? watched : new Watched(this.failures, task);
	}

	private record Watched(EngineFailures failures, Runnable task) implements Runnable {

		@Override
		public void run() {
			this.failures.watch("thread", this.task);
		}

	}

}
