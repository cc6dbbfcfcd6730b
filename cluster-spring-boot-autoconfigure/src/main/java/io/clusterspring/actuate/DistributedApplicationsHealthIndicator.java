package io.clusterspring.actuate;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import io.clusterspring.ManagedCluster;
import io.clusterspring.failover.ApplicationStatus;
import io.clusterspring.failover.DistributedApplications;

/**
 * Health of the distributed applications. Down: this node does not run an application
 * because its placement differs from that of the other nodes, or a start or stop on this
 * node does not return. Out of service: the node is out of the cluster. The details show
 * where each application runs, and problems on other nodes.
 */
final class DistributedApplicationsHealthIndicator extends AbstractHealthIndicator {

	private final DistributedApplications applications;

	private final ManagedCluster cluster;

	DistributedApplicationsHealthIndicator(DistributedApplications applications, ManagedCluster cluster) {
		super("Distributed applications health check failed");
		this.applications = applications;
		this.cluster = cluster;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		if (!this.cluster.isRunning() || this.cluster.isOut()) {
			builder.outOfService();
			this.applications.statuses()
				.forEach((status) -> builder.withDetail(status.name(),
						"does not run here; it is unknown where else it runs, because this node is out of the "
								+ "cluster"));
			return;
		}
		builder.up();
		for (ApplicationStatus status : this.applications.statuses()) {
			if (status.refused() || status.isHanging(this.cluster.self())) {
				builder.down();
			}
			builder.withDetail(status.name(), ApplicationDescription.where(status));
		}
	}

}
