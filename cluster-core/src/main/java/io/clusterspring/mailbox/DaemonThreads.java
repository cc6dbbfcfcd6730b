package io.clusterspring.mailbox;

import java.util.concurrent.ThreadFactory;

/**
 * Creates daemon threads that all have the same name.
 */
public record DaemonThreads(String name) implements ThreadFactory {

	@Override
	public Thread newThread(Runnable task) {
		Thread thread = new Thread(task, this.name);
		thread.setDaemon(true);
		return thread;
	}

}
