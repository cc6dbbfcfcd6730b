package io.clusterspring.actuate;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import io.clusterspring.ManagedCluster;
import io.clusterspring.failover.ApplicationStatus;
import io.clusterspring.failover.DistributedApplications;

/**
 * Down when this node does not run an application because its placement differs from that
 * of the others, or when a start or a stop on this node does not come back; out of
 * service when the node is out of the cluster. Says of each where it runs, and what is
 * not as it should be on other nodes.
 */
public final class DistributedApplicationsHealthIndicator extends AbstractHealthIndicator {

	private final DistributedApplications applications;

	private final ManagedCluster cluster;

	/**
	 * Create the indicator.
	 * @param applications knows what runs where
	 * @param cluster knows whether this node is in it
	 */
	public DistributedApplicationsHealthIndicator(DistributedApplications applications, ManagedCluster cluster) {
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
						"does not run here; where else is unknown, for this node is out of the cluster"));
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
