package io.clusterspring.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.actuate.ApplicationDescription;
import io.clusterspring.actuate.ClusterEndpoint;
import io.clusterspring.actuate.DistributedApplicationsHealthIndicator;
import io.clusterspring.actuate.DistributedMetrics;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.DistributedApplications;
import io.clusterspring.failover.OnOneNode;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;
import io.clusterspring.failover.StartReason;
import io.clusterspring.failover.run.FailoverController;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link FailoverAutoConfiguration}.
 */
class FailoverAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
				FailoverAutoConfiguration.class, ClusterActuatorAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=cluster", "cluster.name=failover",
				"cluster.transport=local", "cluster.node=n1@local");

	@Test
	void aBeanRunsAndIsStoppedWithTheContext() {
		Recorded recorded = new Recorded();
		this.runner.withBean(Recorded.class, () -> recorded).run((context) -> {
			await().until(() -> recorded.starts.get() == 1);
			assertThat(recorded.reason.type()).isEqualTo(StartReason.Type.NORMAL);
			assertThat(recorded.stops.get()).isZero();
			await().until(() -> context.getBean(DistributedApplications.class).isRunningHere("recorded"));
		});
		assertThat(recorded.stops.get()).isOne();
	}

	@Test
	void nestedListsOfYamlAreGroups() {
		String yaml = """
				cluster:
				  distributed:
				    invoices:
				      nodes: [n1@10.0.0.1, [n2@10.0.0.2, "n3@10.0.0.3"]]
				      timeout: 5s
				      quorum: majority
				    mails:
				      quorum: 2
				      lease: 20s
				      start-timeout: 7s
				      stop-timeout: 1s
				""";
		this.runner.withInitializer((context) -> {
			try {
				new YamlPropertySourceLoader().load("yaml", new ByteArrayResource(yaml.getBytes()))
					.forEach(context.getEnvironment().getPropertySources()::addFirst);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}).run((context) -> {
			ClusterProperties properties = context.getBean(ClusterProperties.class);
			assertThat(properties.placements()).containsOnlyKeys("invoices", "mails");
			assertThat(properties.placements().get("invoices")).isEqualTo(new Placement(
					List.of(List.of(Node.of("n1@10.0.0.1")), List.of(Node.of("n2@10.0.0.2"), Node.of("n3@10.0.0.3"))),
					Duration.ofSeconds(5), Quorum.MAJORITY, Placement.DEFAULT_LEASE, Placement.DEFAULT_START_TIMEOUT,
					Placement.DEFAULT_STOP_TIMEOUT));
			assertThat(properties.placements().get("mails")).isEqualTo(new Placement(List.of(), Duration.ZERO,
					Quorum.of(2), Duration.ofSeconds(20), Duration.ofSeconds(7), Duration.ofSeconds(1)));
		});
	}

	@Test
	void aListInOneLineIsAnOrder() {
		this.runner.withPropertyValues("cluster.distributed.invoices.nodes=n1@local,n2@local")
			.run((context) -> assertThat(context.getBean(ClusterProperties.class).placements().get("invoices").nodes())
				.containsExactly(List.of(Node.of("n1@local")), List.of(Node.of("n2@local"))));
	}

	@Test
	void scheduledMethodsRunWhereTheirApplicationDoes() {
		this.runner.withUserConfiguration(Scheduling.class)
			.withPropertyValues("job=invoices", "cluster.distributed.invoices.nodes=n1@local,n2@local")
			.run((context) -> {
				Job job = context.getBean(Job.class);
				await().until(() -> job.runs() > 2);
				assertThat(context.getBean(DistributedApplications.class).statuses()).singleElement()
					.satisfies((status) -> assertThat(status.name()).isEqualTo("invoices"));
			});
	}

	@Test
	void scheduledMethodsDoNotRunElsewhere() {
		this.runner.withUserConfiguration(Scheduling.class)
			.withPropertyValues("job=invoices", "cluster.distributed.invoices.nodes=n2@local")
			.run((context) -> {
				Job job = context.getBean(Job.class);
				await().until(() -> job.others() > 5);
				job.work();
				assertThat(job.runs()).isZero();
			});
	}

	@Test
	void aMethodThatReturnsSomethingFailsTheBoot() {
		this.runner.withUserConfiguration(Returning.class)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("return type void"));
	}

	@Test
	void twoOfOneNameFailTheBoot() {
		this.runner.withBean("one", Recorded.class, Recorded::new)
			.withBean("two", Recorded.class, Recorded::new)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("two distributed"));
	}

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
			endpoint.change("recorded", ClusterEndpoint.Change.FORBID, "n1@local");
			await().until(() -> endpoint.cluster().applications().get(0).running().isEmpty());
			endpoint.change("recorded", ClusterEndpoint.Change.PERMIT, "n1@local");
			await().until(() -> !endpoint.cluster().applications().get(0).running().isEmpty());
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.change("recorded", ClusterEndpoint.Change.MOVE, "n9@local"));
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.change("other", ClusterEndpoint.Change.MOVE, "n1@local"));
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
		this.runner.withUserConfiguration(PubSubAutoConfigurationTests.InMemory.class)
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
					.isThrownBy(() -> endpoint.change("recorded", ClusterEndpoint.Change.MOVE, self.toString()))
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

	@Test
	void thereIsNoneWithoutACluster() {
		this.runner.withPropertyValues("cluster.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FailoverController.class));
	}

	static class Recorded implements DistributedApplication {

		private final AtomicInteger starts = new AtomicInteger();

		private final AtomicInteger stops = new AtomicInteger();

		private volatile StartReason reason;

		@Override
		public String name() {
			return "recorded";
		}

		@Override
		public void start(StartReason given) {
			this.reason = given;
			this.starts.incrementAndGet();
		}

		@Override
		public void stop() {
			this.stops.incrementAndGet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Scheduling {

		@Bean
		Job job() {
			return new Job();
		}

	}

	static class Job {

		private final AtomicInteger runs = new AtomicInteger();

		private final AtomicInteger others = new AtomicInteger();

		@Scheduled(fixedDelay = 10)
		@OnOneNode("${job}")
		void work() {
			this.runs.incrementAndGet();
		}

		int runs() {
			return this.runs.get();
		}

		int others() {
			return this.others.get();
		}

		@Scheduled(fixedDelay = 10)
		void other() {
			this.others.incrementAndGet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Returning {

		@OnOneNode("a")
		int number() {
			return 1;
		}

	}

}
