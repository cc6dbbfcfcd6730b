package io.clusterspring.presence;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * An executor that can hold back its tasks, as if all threads were blocked.
 */
final class HeldThreads implements Executor {

	private final Executor threads;

	private final List<Runnable> held = new ArrayList<>();

	private boolean holding;

	HeldThreads(Executor threads) {
		this.threads = threads;
	}

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

}
