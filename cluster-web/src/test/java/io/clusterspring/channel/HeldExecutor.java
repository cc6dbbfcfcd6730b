package io.clusterspring.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An executor that can hold back its tasks.
 */
class HeldExecutor implements Executor, AutoCloseable {

	private final ExecutorService threads = Executors.newFixedThreadPool(2);

	private final List<Runnable> held = new ArrayList<>();

	private boolean holding;

	@Override
	public synchronized void execute(Runnable task) {
		if (this.holding) {
			this.held.add(task);
		}
		else {
			this.threads.execute(task);
		}
	}

	synchronized void hold() {
		this.holding = true;
	}

	synchronized void release() {
		this.holding = false;
		this.held.forEach(this.threads::execute);
		this.held.clear();
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
