package io.clusterspring.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import io.clusterspring.Node;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.DistributedApplications;
import io.clusterspring.failover.OnOneNode;
import io.clusterspring.failover.Placement;
import io.clusterspring.failover.Quorum;
import io.clusterspring.failover.StartReason;
import io.clusterspring.failover.run.FailoverController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link FailoverAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailoverAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
				FailoverAutoConfiguration.class))
		.withPropertyValues("cluster.name=failover", "cluster.transport=local", "cluster.node=n1@local");

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
	void scheduledMethodThatNothingCallsIsWarnedOf(CapturedOutput output) {
		String warning = "Nothing calls the @Scheduled methods with @OnOneNode [" + Job.class.getName()
				+ ".work], because scheduling is off. Add @EnableScheduling";
		ApplicationContextRunner named = this.runner.withPropertyValues("job=work");
		named.withUserConfiguration(Scheduling.class).run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("because scheduling is off");
		named.withBean(Job.class).run((context) -> assertThat(output).contains(warning));
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
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("The @OnOneNode method " + Returning.class.getName()
						+ ".number() returns int, but on other nodes there is no result"));
	}

	@Test
	void twoOfOneNameFailTheBoot() {
		this.runner.withBean("one", Recorded.class, Recorded::new)
			.withBean("two", Recorded.class, Recorded::new)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("two distributed"));
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
