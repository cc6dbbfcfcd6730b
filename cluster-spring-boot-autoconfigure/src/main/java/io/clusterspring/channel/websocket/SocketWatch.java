package io.clusterspring.channel.websocket;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * One thread that looks at all connections every second, as Tomcat does by itself.
 */
final class SocketWatch implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(SocketWatch.class);

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(SocketWatch::daemon);

	SocketWatch(Runnable look) {
		this.thread.scheduleWithFixedDelay(() -> run(look), 1, 1, TimeUnit.SECONDS);
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "cluster-sockets");
		thread.setDaemon(true);
		return thread;
	}

	private static void run(Runnable look) {
		try {
			look.run();
		}
		catch (RuntimeException ex) {
			logger.error("Looking at the sockets failed", ex);
		}
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
	}

}
