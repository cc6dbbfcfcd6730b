package io.clusterspring.actuate;

import java.util.function.Predicate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.ManagedCluster;
import io.clusterspring.failover.ApplicationStatus;
import io.clusterspring.failover.DistributedApplications;

/**
 * Meters of distributed applications. Their names are not tags; the endpoint shows them.
 */
record DistributedMetrics(DistributedApplications applications, ManagedCluster cluster) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		Meters<DistributedMetrics> meters = new Meters<>(registry, this);
		meters.gauge("cluster.distributed.running", "Distributed applications that run on this node",
				(source) -> source.count((status) -> status.isAtWork(source.cluster.self())));
		meters.gauge("cluster.distributed.idle",
				"Distributed applications that run on no node known to this one, those that start included",
				DistributedMetrics::idle);
		meters.gauge("cluster.distributed.hanging",
				"Distributed applications whose start or stop on this node does not return",
				(source) -> source.count((status) -> status.isHanging(source.cluster.self())));
	}

	// a node that is out of the cluster does not know it
	private double idle() {
		return (this.cluster.isRunning() && !this.cluster.isOut())
				? count((status) -> status.running().stream().noneMatch(ApplicationStatus.Running::isAtWork))
				: Double.NaN;
	}

	private long count(Predicate<ApplicationStatus> counted) {
		return this.applications.statuses().stream().filter(counted).count();
	}

}
