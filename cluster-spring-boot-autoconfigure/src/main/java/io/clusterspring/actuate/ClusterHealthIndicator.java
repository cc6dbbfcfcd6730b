package io.clusterspring.actuate;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import io.clusterspring.ClusterView;
import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.SyncNodes.SyncReport;
import io.clusterspring.history.HistorySource;
import io.clusterspring.mailbox.FailureSource;

/**
 * Health of this node. Up: the node is in the cluster. Out of service: it waits for other
 * nodes at boot. Down: it has left, has failed, was evicted because another process has
 * its name, or a background task fails. A node that is alone is up: in a partition it
 * could not be told apart, and taking it out of service would not help. For the same
 * reason a node is up that has not compared its histories with other nodes for long: it
 * says so in a detail.
 */
final class ClusterHealthIndicator extends AbstractHealthIndicator {

	private final ManagedCluster cluster;

	/** How long the comparison of histories may take before it is shown. */
	private static final Duration LONG = Duration.ofSeconds(10);

	private final Supplier<? extends Stream<? extends FailureSource>> sources;

	private final @Nullable HistorySource history;

	ClusterHealthIndicator(ManagedCluster cluster, Supplier<? extends Stream<? extends FailureSource>> sources,
			@Nullable HistorySource history) {
		super("Cluster health check failed");
		this.cluster = cluster;
		this.sources = sources;
		this.history = history;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		SyncReport report = this.cluster.syncReport();
		ClusterView view = this.cluster.view();
		if (report == null) {
			builder.down();
		}
		else if (this.cluster.failure() != null) {
			builder.down().withDetail("left", "the engine of this node has failed: " + this.cluster.failure());
		}
		else if (this.cluster.isEvicted()) {
			builder.down().withDetail("evicted", "another live process has the name of this node");
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
		Duration comparing = (this.history != null) ? this.history.comparing() : Duration.ZERO;
		if (comparing.compareTo(LONG) > 0) {
			builder.withDetail("history", "other nodes have not told for " + comparing.toSeconds()
					+ " s which messages they keep: clients that come back are told that they may have missed some");
		}
		Map<String, String> failures = new TreeMap<>();
		this.sources.get().forEach((source) -> failures.putAll(source.failures()));
		if (!failures.isEmpty()) {
			builder.down().withDetail("failures", failures);
		}
	}

}
