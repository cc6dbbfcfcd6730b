package io.clusterspring.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.http.events.EventsEnd;
import io.clusterspring.http.events.EventsEndpoint;
import io.clusterspring.http.events.EventsRefusal;
import io.clusterspring.http.events.EventsStatistics;

/**
 * Meters of server-sent events.
 */
record EventsMetrics(EventsEndpoint endpoint) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		Meters<EventsStatistics> meters = new Meters<>(registry, this.endpoint.statistics());
		meters.gauge("cluster.http.events.connections", "Clients that read server-sent events",
				EventsStatistics::connections);
		meters.size("cluster.http.events.pending", "Events that wait for clients", EventsStatistics::pendingBytes);
		meters.counter("cluster.http.events.accepted", "Clients of server-sent events that were let in",
				EventsStatistics::accepted);
		for (EventsRefusal reason : EventsRefusal.values()) {
			meters.counter("cluster.http.events.refused", "Clients of server-sent events that were refused",
					(statistics) -> statistics.refused(reason), "reason", reason.tag());
		}
		for (EventsEnd reason : EventsEnd.values()) {
			meters.counter("cluster.http.events.closed", "Connections of server-sent events that have ended",
					(statistics) -> statistics.ended(reason), "reason", reason.tag());
		}
	}

}
