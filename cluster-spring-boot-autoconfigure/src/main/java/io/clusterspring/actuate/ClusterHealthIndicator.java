package io.clusterspring.actuate;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import io.clusterspring.ClusterView;
import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.SyncReport;

/**
 * Up when the node is in the cluster, out of service while it waits for others at boot,
 * down when it has left. A node that is alone is up: that is what a partition looks like
 * from the inside, and taking the node out of service would not help.
 */
public final class ClusterHealthIndicator extends AbstractHealthIndicator {

	private final ManagedCluster cluster;

	/**
	 * Create the indicator.
	 * @param cluster the cluster
	 */
	public ClusterHealthIndicator(ManagedCluster cluster) {
		super("Cluster health check failed");
		this.cluster = cluster;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		SyncReport report = this.cluster.syncReport();
		ClusterView view = this.cluster.view();
		if (report == null) {
			builder.down();
		}
		else if (report.waiting()) {
			builder.outOfService()
				.withDetail("waitingFor", report.missing().stream().map(Node::toString).toList())
				.withDetail("minimum", report.minimum())
				.withDetail("waitedMillis", report.waited().toMillis());
		}
		else {
			builder.up();
		}
		builder.withDetail("name", this.cluster.name())
			.withDetail("self", this.cluster.self().toString())
			.withDetail("nodes", view.nodes().stream().map(Node::toString).toList())
			.withDetail("coordinator", view.coordinator().toString());
	}

}
