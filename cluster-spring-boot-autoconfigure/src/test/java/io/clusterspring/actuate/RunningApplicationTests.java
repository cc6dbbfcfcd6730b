package io.clusterspring.actuate;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.autoconfigure.ClusterAutoConfiguration;
import io.clusterspring.autoconfigure.FailoverAutoConfiguration;
import io.clusterspring.autoconfigure.PubSubAutoConfiguration;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.DistributedApplications;
import io.clusterspring.failover.StartReason;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests that operators see where applications run, and can move them.
 */
class RunningApplicationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
				FailoverAutoConfiguration.class, ClusterActuatorAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=cluster", "cluster.name=failover",
				"cluster.transport=local", "cluster.node=n1@local");

	@Test
	void theEndpointShowsWhatRunsWhereAndMovesIt() {
		this.runner.withBean(Recorded.class, Recorded::new).run((context) -> {
			ClusterEndpoint endpoint = context.getBean(ClusterEndpoint.class);
			await().untilAsserted(() -> assertThat(endpoint.cluster().applications()).singleElement()
				.satisfies((application) -> assertThat(application.running()).singleElement()
					.extracting(ApplicationDescription.Running::state)
					.isEqualTo("running")));
			ApplicationDescription shown = endpoint.cluster().applications().get(0);
			assertThat(shown.name()).isEqualTo("recorded");
			assertThat(shown.running().get(0).node()).isEqualTo("n1@local");
			assertThat(shown.running().get(0).since()).isBeforeOrEqualTo(Instant.now());
			endpoint.act("distributed/forbid", Map.of("application", "recorded", "node", "n1@local"));
			await().until(() -> endpoint.cluster().applications().get(0).running().isEmpty());
			endpoint.act("distributed/permit", Map.of("application", "recorded", "node", "n1@local"));
			await().until(() -> !endpoint.cluster().applications().get(0).running().isEmpty());
			assertThatExceptionOfType(InvalidEndpointRequestException.class).isThrownBy(
					() -> endpoint.act("distributed/move", Map.of("application", "recorded", "node", "n9@local")));
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.act("distributed/move", Map.of("application", "other", "node", "n1@local")));
		});
	}

	@Test
	void healthTellsWhereItRuns() {
		this.runner.withBean(Recorded.class, Recorded::new).run((context) -> {
			DistributedApplicationsHealthIndicator indicator = context
				.getBean(DistributedApplicationsHealthIndicator.class);
			await().untilAsserted(() -> {
				Health health = indicator.health();
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails()).containsEntry("recorded", "running on n1@local");
			});
		});
	}

	@Test
	void evictedNodeRefusesOrdersAndDoesNotShowWhereApplicationsRun() {
		this.runner.withBean(LocalNetwork.class, () -> new LocalNetwork("test"))
			.withBean(Recorded.class, Recorded::new)
			.run((context) -> {
				MeterRegistry registry = new SimpleMeterRegistry();
				context.getBean(DistributedMetrics.class).bindTo(registry);
				ManagedCluster cluster = context.getBean(ManagedCluster.class);
				Node self = cluster.self();
				await().until(() -> context.getBean(DistributedApplications.class).isRunningHere("recorded"));
				LocalNetwork network = context.getBean(LocalNetwork.class);
				network.partition(Set.of(self));
				network.transport(Node.of("n2@local")).connect(new TransportListener() {
				});
				network.transport(self).connect(new TransportListener() {
				});
				network.heal();
				await().until(cluster::isEvicted);
				ClusterEndpoint endpoint = context.getBean(ClusterEndpoint.class);
				await().untilAsserted(() -> assertThatExceptionOfType(InvalidEndpointRequestException.class)
					.isThrownBy(() -> endpoint.act("distributed/move",
							Map.of("application", "recorded", "node", self.toString())))
					.withMessageContaining("another process has the name of this node"));
				Health health = context.getBean(DistributedApplicationsHealthIndicator.class).health();
				assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
				assertThat(health.getDetails().get("recorded")).asString().contains("unknown");
				assertThat(registry.get("cluster.distributed.idle").gauge().value()).isNaN();
				assertThat(endpoint.cluster().applications()).singleElement()
					.satisfies((application) -> assertThat(application.remarks()).singleElement()
						.asString()
						.contains("another process has the name of this node", "unknown"));
			});
	}

	@Test
	void metersCountWhatRunsHereAndWhatRunsNowhere() {
		this.runner.withBean(Recorded.class)
			.withPropertyValues("cluster.distributed.mails.nodes=n2@local", "cluster.distributed.bills.nodes=n2@local")
			.run((context) -> {
				MeterRegistry registry = new SimpleMeterRegistry();
				context.getBean(DistributedMetrics.class).bindTo(registry);
				await().untilAsserted(() -> {
					assertThat(registry.get("cluster.distributed.running").gauge().value()).isEqualTo(1);
					assertThat(registry.get("cluster.distributed.idle").gauge().value()).isEqualTo(2);
				});
			});
	}

	static class Recorded implements DistributedApplication {

		@Override
		public String name() {
			return "recorded";
		}

		@Override
		public void start(StartReason reason) {
		}

		@Override
		public void stop() {
		}

	}

}
