package io.clusterspring.channel.websocket;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that close connections, because that may block until a client answers. No other
 * thread waits for them. Each connection has at most two queued closes.
 */
final class CloserThreads implements Executor, AutoCloseable {

	private static final int THREADS = 8;

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), CloserThreads::daemon, new ThreadPoolExecutor.DiscardPolicy());

	CloserThreads() {
		this.threads.allowCoreThreadTimeOut(true);
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "cluster-close");
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public void execute(Runnable task) {
		this.threads.execute(task);
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
