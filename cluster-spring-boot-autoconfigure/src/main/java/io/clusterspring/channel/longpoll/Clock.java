package io.clusterspring.channel.longpoll;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Has those looked after who may have waited for too long, on one thread for all. They
 * must not block it.
 */
final class Clock {

	private static final Log logger = LogFactory.getLog(Clock.class);

	private static final long TICK_MILLIS = 200;

	private final Runnable[] ticks;

	private @Nullable ScheduledExecutorService timer;

	Clock(Runnable... ticks) {
		this.ticks = ticks;
	}

	synchronized void start() {
		if (this.timer == null) {
			this.timer = Executors.newSingleThreadScheduledExecutor((task) -> {
				Thread thread = new Thread(task, "cluster-long-poll");
				thread.setDaemon(true);
				return thread;
			});
			this.timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void tick() {
		for (Runnable tick : this.ticks) {
			try {
				tick.run();
			}
			catch (RuntimeException ex) {
				logger.error("Long polling did not look after its sessions", ex);
			}
		}
	}

	synchronized void stop() {
		if (this.timer != null) {
			this.timer.shutdown();
			this.timer = null;
		}
	}

	synchronized boolean isRunning() {
		return this.timer != null;
	}

}
