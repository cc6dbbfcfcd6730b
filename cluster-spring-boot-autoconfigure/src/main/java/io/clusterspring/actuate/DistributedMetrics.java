package io.clusterspring.actuate;

import java.util.function.Predicate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.clusterspring.ManagedCluster;
import io.clusterspring.failover.ApplicationStatus;
import io.clusterspring.failover.DistributedApplications;

/**
 * Meters of distributed applications. Their names are not tags; the endpoint shows them.
 */
public final class DistributedMetrics implements MeterBinder {

	private final DistributedApplications applications;

	private final ManagedCluster cluster;

	/**
	 * Create the meters.
	 * @param applications the distributed applications
	 * @param cluster the cluster
	 */
	public DistributedMetrics(DistributedApplications applications, ManagedCluster cluster) {
		this.applications = applications;
		this.cluster = cluster;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("cluster.distributed.running", this, DistributedMetrics::running)
			.description("Distributed applications that run on this node")
			.register(registry);
		Gauge.builder("cluster.distributed.idle", this, DistributedMetrics::idle)
			.description("Distributed applications that run on no node known to this one, those that start included")
			.register(registry);
		Gauge.builder("cluster.distributed.hanging", this, DistributedMetrics::hanging)
			.description("Distributed applications whose start or stop on this node does not return")
			.register(registry);
	}

	private double running() {
		return count((status) -> status.isAtWork(this.cluster.self()));
	}

	private double hanging() {
		return count((status) -> status.isHanging(this.cluster.self()));
	}

	// not known on a node that is out of the cluster
	private double idle() {
		return (this.cluster.isRunning() && !this.cluster.isOut())
				? count((status) -> status.running().stream().noneMatch(ApplicationStatus.Running::isAtWork))
				: Double.NaN;
	}

	private long count(Predicate<ApplicationStatus> counted) {
		return this.applications.statuses().stream().filter(counted).count();
	}

}
