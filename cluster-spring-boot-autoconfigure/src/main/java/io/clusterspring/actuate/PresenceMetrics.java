package io.clusterspring.actuate;

import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.presence.ClusterPresence;
import io.clusterspring.presence.PresenceStatistics;

/**
 * Meters of presence. Topics and keys are not tags.
 */
public final class PresenceMetrics implements MeterBinder {

	private final ClusterPresence presence;

	/**
	 * Create the meters.
	 * @param presence the presence
	 */
	public PresenceMetrics(ClusterPresence presence) {
		this.presence = presence;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge(registry, "cluster.presence.entries", "Entries on all nodes", PresenceStatistics::entries);
		gauge(registry, "cluster.presence.topics", "Topics with entries", PresenceStatistics::topics);
		counter(registry, "cluster.presence.changes", "Entries that were added or removed, on any node",
				PresenceStatistics::changes);
		counter(registry, "cluster.presence.requests", "Pages of state requested from other nodes",
				PresenceStatistics::requests);
		dropped(registry, "writes", PresenceStatistics.Dropped::writes);
		dropped(registry, "messages", PresenceStatistics.Dropped::messages);
		dropped(registry, "changes", PresenceStatistics.Dropped::changes);
		dropped(registry, "events", PresenceStatistics.Dropped::events);
	}

	private void dropped(MeterRegistry registry, String queue, ToLongFunction<PresenceStatistics.Dropped> value) {
		FunctionCounter
			.builder("cluster.presence.dropped", this.presence,
					(present) -> value.applyAsLong(present.statistics().dropped()))
			.tag("queue", queue)
			.description("Entries that were dropped because a queue was full")
			.register(registry);
	}

	private void gauge(MeterRegistry registry, String name, String description,
			ToDoubleFunction<PresenceStatistics> value) {
		Gauge.builder(name, this.presence, (present) -> value.applyAsDouble(present.statistics()))
			.description(description)
			.register(registry);
	}

	private void counter(MeterRegistry registry, String name, String description,
			ToDoubleFunction<PresenceStatistics> value) {
		FunctionCounter.builder(name, this.presence, (present) -> value.applyAsDouble(present.statistics()))
			.description(description)
			.register(registry);
	}

}
