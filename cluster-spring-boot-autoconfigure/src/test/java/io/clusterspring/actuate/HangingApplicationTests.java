package io.clusterspring.actuate;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.clusterspring.autoconfigure.ClusterAutoConfiguration;
import io.clusterspring.autoconfigure.FailoverAutoConfiguration;
import io.clusterspring.autoconfigure.PubSubAutoConfiguration;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.DistributedApplications;
import io.clusterspring.failover.StartReason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests that operators see hanging calls of applications, and that impossible orders are
 * refused.
 */
class HangingApplicationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
				FailoverAutoConfiguration.class, ClusterActuatorAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=cluster", "cluster.name=hanging",
				"cluster.transport=local", "cluster.node=n1@local");

	@Test
	void aStartThatDoesNotComeBackIsSeen() {
		Hanging hanging = new Hanging();
		this.runner.withBean(Hanging.class, () -> hanging)
			.withPropertyValues("cluster.distributed.hanging.start-timeout=100ms",
					"cluster.distributed.hanging.stop-timeout=100ms")
			.run((context) -> {
				MeterRegistry registry = new SimpleMeterRegistry();
				context.getBean(DistributedMetrics.class).bindTo(registry);
				DistributedApplicationsHealthIndicator indicator = context
					.getBean(DistributedApplicationsHealthIndicator.class);
				await().untilAsserted(() -> assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN));
				assertThat(indicator.health().getDetails().get("hanging")).asString()
					.startsWith("hanging on n1@local; its start on n1@local was interrupted and does not return");
				assertThat(registry.get("cluster.distributed.hanging").gauge().value()).isOne();
				assertThat(registry.get("cluster.distributed.running").gauge().value()).isZero();
				assertThat(registry.get("cluster.distributed.idle").gauge().value()).isOne();
				ClusterEndpoint endpoint = context.getBean(ClusterEndpoint.class);
				assertThat(endpoint.cluster().applications()).singleElement().satisfies((application) -> {
					assertThat(application.running().get(0).state()).isEqualTo("hanging");
					assertThat(application.nodes().get(0).readiness()).isEqualTo("hanging");
					assertThat(application.remarks()).hasSize(1);
				});
				for (String change : List.of("move", "forbid")) {
					assertThatExceptionOfType(InvalidEndpointRequestException.class)
						.isThrownBy(() -> endpoint.act("distributed/" + change,
								Map.of("application", "hanging", "node", "n1@local")))
						.withMessageContaining("does not return");
				}
				hanging.release.countDown();
				await().untilAsserted(() -> assertThat(indicator.health().getStatus()).isEqualTo(Status.UP));
				assertThat(registry.get("cluster.distributed.hanging").gauge().value()).isZero();
			});
	}

	@Test
	void aStopThatDoesNotComeBackIsSeen() {
		Hanging hanging = new Hanging();
		hanging.starts = true;
		this.runner.withBean(Hanging.class, () -> hanging)
			.withPropertyValues("cluster.distributed.hanging.stop-timeout=100ms")
			.run((context) -> {
				ClusterEndpoint endpoint = context.getBean(ClusterEndpoint.class);
				await().until(() -> context.getBean(DistributedApplications.class).isRunningHere("hanging"));
				endpoint.act("distributed/forbid", Map.of("application", "hanging", "node", "n1@local"));
				DistributedApplicationsHealthIndicator indicator = context
					.getBean(DistributedApplicationsHealthIndicator.class);
				await().untilAsserted(() -> assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN));
				assertThat(indicator.health().getDetails().get("hanging")).asString()
					.startsWith("nowhere; a stop of it on n1@local was interrupted and does not return");
				endpoint.act("distributed/permit", Map.of("application", "hanging", "node", "n1@local"));
				assertThatExceptionOfType(InvalidEndpointRequestException.class).isThrownBy(
						() -> endpoint.act("distributed/move", Map.of("application", "hanging", "node", "n1@local")));
				hanging.release.countDown();
				await().untilAsserted(() -> assertThat(indicator.health().getStatus()).isEqualTo(Status.UP));
			});
	}

	static class Hanging implements DistributedApplication {

		private final CountDownLatch release = new CountDownLatch(1);

		private volatile boolean starts;

		@Override
		public String name() {
			return "hanging";
		}

		@Override
		public void start(StartReason given) {
			if (!this.starts) {
				hang();
			}
		}

		@Override
		public void stop() {
			hang();
		}

		private void hang() {
			while (this.release.getCount() > 0) {
				try {
					this.release.await();
				}
				catch (InterruptedException ex) {
					// keeps hanging
				}
			}
		}

	}

}
