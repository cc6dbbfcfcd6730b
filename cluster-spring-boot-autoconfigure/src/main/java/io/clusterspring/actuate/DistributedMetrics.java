package io.clusterspring.actuate;

import java.util.List;
import java.util.function.Predicate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.Node;
import io.clusterspring.failover.ApplicationStatus;
import io.clusterspring.failover.DistributedApplications;

/**
 * Meters of distributed applications. Their names are not tags: which one it is, the
 * endpoint says.
 */
public final class DistributedMetrics implements MeterBinder {

	private final DistributedApplications applications;

	private final Node self;

	/**
	 * Create the meters.
	 * @param applications knows what runs where
	 * @param self this node
	 */
	public DistributedMetrics(DistributedApplications applications, Node self) {
		this.applications = applications;
		this.self = self;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge(registry, "cluster.distributed.running", "Distributed applications that run on this node", (
				status) -> status.running().stream().map(ApplicationStatus.Running::node).toList().contains(this.self));
		gauge(registry, "cluster.distributed.idle", "Distributed applications that run nowhere this node knows of",
				(status) -> status.running().isEmpty());
	}

	private void gauge(MeterRegistry registry, String name, String description, Predicate<ApplicationStatus> counted) {
		Gauge.builder(name, this.applications, (present) -> count(present.statuses(), counted))
			.description(description)
			.register(registry);
	}

	private static long count(List<ApplicationStatus> statuses, Predicate<ApplicationStatus> counted) {
		return statuses.stream().filter(counted).count();
	}

}
