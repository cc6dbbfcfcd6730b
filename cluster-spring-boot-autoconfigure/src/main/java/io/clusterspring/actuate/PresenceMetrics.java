package io.clusterspring.actuate;

import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.presence.ClusterPresence;
import io.clusterspring.presence.ClusterPresence.PresenceStatistics;

/**
 * Meters of presence. Topics and keys are not tags.
 */
record PresenceMetrics(ClusterPresence presence) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		Meters<ClusterPresence> meters = new Meters<>(registry, this.presence);
		meters.gauge("cluster.presence.entries", "Entries on all nodes", (source) -> source.statistics().entries());
		meters.gauge("cluster.presence.topics", "Topics with entries", (source) -> source.statistics().topics());
		meters.counter("cluster.presence.changes", "Entries that were added or removed, on any node",
				(source) -> source.statistics().changes());
		meters.counter("cluster.presence.requests", "Pages of state requested from other nodes",
				(source) -> source.statistics().requests());
		dropped(meters, "writes", PresenceStatistics.Dropped::writes);
		dropped(meters, "messages", PresenceStatistics.Dropped::messages);
		dropped(meters, "changes", PresenceStatistics.Dropped::changes);
		dropped(meters, "events", PresenceStatistics.Dropped::events);
	}

	private static void dropped(Meters<ClusterPresence> meters, String queue,
			ToLongFunction<PresenceStatistics.Dropped> value) {
		meters.counter("cluster.presence.dropped", "Entries that were dropped because a queue was full",
				(source) -> value.applyAsLong(source.statistics().dropped()), "queue", queue);
	}

}
