package io.clusterspring.actuate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.channel.longpoll.LongPollEndpoint;

/**
 * Meters of long polling.
 */
public final class LongPollMetrics implements MeterBinder {

	private final LongPollEndpoint endpoint;

	/**
	 * Create the meters.
	 * @param endpoint the long-poll endpoint
	 */
	public LongPollMetrics(LongPollEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("cluster.channels.long-poll.sessions", this.endpoint, LongPollEndpoint::sessions)
			.description("Long-poll clients of this node")
			.register(registry);
		FunctionCounter.builder("cluster.channels.long-poll.refused", this.endpoint, LongPollEndpoint::refused)
			.description("Long-poll clients that were refused because there are too many")
			.register(registry);
	}

}
