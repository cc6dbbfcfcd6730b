package io.clusterspring.actuate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.mailbox.ExecutorWatch;

/**
 * Meters of the threads that run the application's handlers and listeners.
 *
 * @param watch measures the waits
 */
record ExecutorMetrics(ExecutorWatch watch) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("cluster.executor.wait", this.watch, ExecutorWatch::longestWait)
			.description("Time that channels and listeners wait for a thread")
			.baseUnit("seconds")
			.register(registry);
		new Meters<>(registry, this.watch).gauge("cluster.executor.waiting",
				"Channels that wait because their controller uses all threads that it may use", ExecutorWatch::waiting);
	}

}
