package io.clusterspring.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.http.publish.PublishEndpoint;
import io.clusterspring.http.publish.PublishOutcome;
import io.clusterspring.http.publish.PublishStatistics;

/**
 * Meters of publishing by HTTP.
 */
record PublishMetrics(PublishEndpoint endpoint) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		Meters<PublishStatistics> meters = new Meters<>(registry, this.endpoint.statistics());
		for (PublishOutcome outcome : PublishOutcome.values()) {
			meters.counter("cluster.http.publish.requests", "Requests to publish by HTTP",
					(statistics) -> statistics.requests(outcome), "outcome", outcome.tag());
		}
		meters.counter("cluster.http.publish.messages", "Messages that were published by HTTP",
				PublishStatistics::messages);
		meters.gauge("cluster.http.publish.keys", "Idempotency keys that this node remembers", PublishStatistics::keys);
		meters.counter("cluster.http.publish.keys.forgotten",
				"Idempotency keys that were forgotten before their time, because there were too many",
				PublishStatistics::forgottenKeys);
	}

}
