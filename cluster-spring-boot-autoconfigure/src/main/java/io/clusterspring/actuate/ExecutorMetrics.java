package io.clusterspring.actuate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.mailbox.ExecutorWatch;

/**
 * Meters of the threads that run the application's handlers and listeners.
 */
public final class ExecutorMetrics implements MeterBinder {

	private final ExecutorWatch watch;

	/**
	 * Create the meters.
	 * @param watch measures the waits
	 */
	public ExecutorMetrics(ExecutorWatch watch) {
		this.watch = watch;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("cluster.executor.wait", this.watch, ExecutorWatch::longestWait)
			.description("Time that channels and listeners wait for a thread")
			.baseUnit("seconds")
			.register(registry);
		Gauge.builder("cluster.executor.waiting", this.watch, ExecutorWatch::waiting)
			.description("Channels that wait because their controller uses all threads that it may use")
			.register(registry);
	}

}
