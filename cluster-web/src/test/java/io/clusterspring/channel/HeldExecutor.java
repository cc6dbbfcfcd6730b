package io.clusterspring.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * An executor that can hold back its tasks, as if all threads were blocked.
 */
public final class HeldExecutor implements Executor {

	private final Executor threads;

	private final List<Runnable> held = new ArrayList<>();

	private boolean holding;

	/**
	 * Create an executor that holds nothing back yet.
	 * @param threads runs the tasks
	 */
	public HeldExecutor(Executor threads) {
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

	/**
	 * Hold back the tasks that come from now on.
	 */
	public synchronized void hold() {
		this.holding = true;
	}

	/**
	 * Run the tasks that were held back, and those to come.
	 */
	public synchronized void release() {
		this.holding = false;
		this.held.forEach(this.threads::execute);
		this.held.clear();
	}

}
