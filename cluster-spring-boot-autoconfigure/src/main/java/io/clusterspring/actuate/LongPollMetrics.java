package io.clusterspring.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.channel.longpoll.LongPollEndpoint;

/**
 * Meters of long polling.
 */
record LongPollMetrics(LongPollEndpoint endpoint) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		Meters<LongPollEndpoint> meters = new Meters<>(registry, this.endpoint);
		meters.gauge("cluster.channels.long-poll.sessions", "Long-poll clients of this node",
				LongPollEndpoint::sessions);
		meters.counter("cluster.channels.long-poll.refused",
				"Long-poll clients that were refused because there are too many", LongPollEndpoint::refused);
	}

}
