package io.clusterspring.actuate;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import io.clusterspring.failover.ApplicationStatus;
import io.clusterspring.failover.DistributedApplications;

/**
 * Down when this node does not run an application because its placement differs from that
 * of the others. Says of each where it runs.
 */
public final class DistributedApplicationsHealthIndicator extends AbstractHealthIndicator {

	private final DistributedApplications applications;

	/**
	 * Create the indicator.
	 * @param applications knows what runs where
	 */
	public DistributedApplicationsHealthIndicator(DistributedApplications applications) {
		super("Distributed applications health check failed");
		this.applications = applications;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		for (ApplicationStatus status : this.applications.statuses()) {
			if (status.refused()) {
				builder.down();
			}
			builder.withDetail(status.name(), ApplicationDescription.where(status)
					+ (status.refused() ? "; refused here, the placement differs from that of the others" : ""));
		}
	}

}
