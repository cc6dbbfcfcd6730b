package io.clusterspring.failover.run;

import java.util.concurrent.ThreadFactory;

/**
 * Creates daemon threads, which do not keep the process alive.
 *
 * @param name the name of each thread
 */
record DaemonThreads(String name) implements ThreadFactory {

	@Override
	public Thread newThread(Runnable task) {
		Thread thread = new Thread(task, this.name);
		thread.setDaemon(true);
		return thread;
	}

}
