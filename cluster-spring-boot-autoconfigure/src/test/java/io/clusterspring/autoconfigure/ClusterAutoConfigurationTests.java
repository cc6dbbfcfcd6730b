package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.LogFactory;
import org.jgroups.JChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import io.clusterspring.Cluster;
import io.clusterspring.ClusterTransport;
import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.NodeBindException;
import io.clusterspring.NodeNameTakenException;
import io.clusterspring.jgroups.engine.ListenSettings;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.mailbox.WarmThreadQueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ClusterAutoConfigurationTests {

	private final ApplicationContextRunner plain = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class, ClusterAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.plain.withUserConfiguration(LocalConfiguration.class)
		.withPropertyValues("cluster.name=chat", "cluster.node=n1@127.0.0.1");

	@Test
	void nodesOfOneJvmMayBeConnectedByMemory() {
		ApplicationContextRunner local = this.plain.withPropertyValues("cluster.transport=local",
				"cluster.name=memory");
		local.withPropertyValues("cluster.node=n1@local")
			.run((first) -> local.withPropertyValues("cluster.node=n2@local").run((second) -> {
				assertThat(second.getBean(Cluster.class).view().nodes()).containsExactly(Node.of("n1@local"),
						Node.of("n2@local"));
				assertThat(second.getBean(LocalNetwork.class)).isSameAs(first.getBean(LocalNetwork.class));
			}));
		local.withClassLoader(new FilteredClassLoader("org.jgroups"))
			.run((context) -> assertThat(context.getBean(Cluster.class).self().toString()).startsWith("memory-"));
	}

	@Test
	void joinsTheCluster() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(ManagedCluster.class).doesNotHaveBean("clusterTransport");
			Cluster cluster = context.getBean(Cluster.class);
			assertThat(cluster.name()).isEqualTo("chat");
			assertThat(cluster.view().nodes()).containsExactly(Node.of("n1@127.0.0.1"));
			assertThat(((ManagedCluster) cluster).isRunning()).isTrue();
		});
	}

	@Test
	void isOffWhenDisabled() {
		this.plain.withPropertyValues("cluster.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(Cluster.class)
				.doesNotHaveBean(ClusterTransport.class)
				.doesNotHaveBean(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME));
	}

	@Test
	void withoutJGroupsThereIsNoCluster() {
		this.plain.withClassLoader(new FilteredClassLoader(JChannel.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(Cluster.class)
				.doesNotHaveBean(ClusterTransport.class)
				.doesNotHaveBean(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME));
	}

	@Test
	void withoutJGroupsAnotherTransportWillDo() {
		this.runner.withClassLoader(new FilteredClassLoader(JChannel.class))
			.run((context) -> assertThat(context).hasSingleBean(ManagedCluster.class));
	}

	@Test
	void nameDefaultsToThatOfTheApplication() {
		this.runner.withPropertyValues("cluster.name=", "spring.application.name=shop")
			.run((context) -> assertThat(context.getBean(Cluster.class).name()).isEqualTo("shop"));
		this.runner.withPropertyValues("cluster.name=")
			.run((context) -> assertThat(context.getBean(Cluster.class).name()).isEqualTo("application"));
	}

	@Test
	void readsTheListsAndTheTimeout() {
		this.runner
			.withPropertyValues("cluster.sync-nodes-optional=n1@127.0.0.1, n2@127.0.0.1:7801",
					"cluster.sync-nodes-mandatory[0]=n3@[::1]")
			.run((context) -> {
				ClusterProperties properties = context.getBean(ClusterProperties.class);
				assertThat(properties.syncNodes().all()).extracting(Object::toString)
					.containsExactly("n3@[::1]", "n1@127.0.0.1", "n2@127.0.0.1:7801");
				assertThat(properties.syncNodesTimeout()).isNull();
				assertThat(properties.port()).isEqualTo(7800);
				assertThat(properties.portRange()).isEqualTo(10);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "0s", "" })
	void profileMayUnsetTheTimeout(String timeout) {
		this.runner
			.withPropertyValues("cluster.sync-nodes-mandatory=n9@127.0.0.1", "cluster.sync-nodes-timeout=" + timeout)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				ClusterProperties properties = context.getBean(ClusterProperties.class);
				assertThat(properties.listen()).isEqualTo(ListenSettings.DEFAULT);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "-10s", "soon" })
	void badTimeoutNamesTheProperty(String timeout) {
		this.runner.withPropertyValues("cluster.sync-nodes-timeout=" + timeout)
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("cluster.sync-nodes-timeout")
				.contains(timeout)
				.contains("10s, or infinity"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "n1", "@host", "n1@", "n 1@host", "n1@host:port", "n1@host:0" })
	void badNodeNameNamesTheProperty(String node) {
		this.runner.withPropertyValues("cluster.node=" + node)
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("cluster.node")
				.contains(node));
	}

	@Test
	void missingMandatoryNodesFailTheStartAndAreNamed() {
		this.runner
			.withPropertyValues("cluster.sync-nodes-mandatory=n1@127.0.0.1,n2@127.0.0.1",
					"cluster.sync-nodes-timeout=50")
			.run((context) -> {
				FailureAnalysis analysis = analysis(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("n2@127.0.0.1").doesNotContain("n1@127.0.0.1");
				assertThat(analysis.getAction()).contains("cluster.name");
			});
	}

	@Test
	void otherMistakesAreExplainedToo() {
		Node node = Node.of("n1@127.0.0.1");
		assertThat(analysis(new NodeNameTakenException(node, "chat")).getDescription()).contains("n1@127.0.0.1",
				"chat");
		FailureAnalysis bind = analysis(new NodeBindException(node, "10.0.0.9", 7800, 7809, new Exception("no port")));
		assertThat(bind.getDescription()).contains("n1@127.0.0.1", "10.0.0.9", "7800 to 7809", "no port");
		assertThat(bind.getAction()).contains("cluster.port");
	}

	@Test
	void executorIsNotTheApplications() {
		this.runner.run((context) -> {
			assertThat(context).hasBean("applicationTaskExecutor");
			assertThat(context.getBeanProvider(Executor.class).getIfUnique())
				.isSameAs(context.getBean("applicationTaskExecutor"));
			ThreadPoolTaskExecutor executor = context.getBean(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME,
					ThreadPoolTaskExecutor.class);
			assertThat(executor.getThreadNamePrefix()).isEqualTo("cluster-");
			assertThat(executor.isDaemon()).isTrue();
			assertThat(executor.getCorePoolSize()).isGreaterThanOrEqualTo(8);
			assertThat(executor.getThreadPoolExecutor().getQueue()).isInstanceOf(WarmThreadQueue.class);
			assertThat(executor.getPhase()).isLessThan(ManagedCluster.PHASE);
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void executorIsOfVirtualThreadsIfTheApplicationIs() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(context).hasBean(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME)
				.getBean(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME)
				.isInstanceOf(SimpleAsyncTaskExecutor.class));
	}

	@Test
	void internalWorkHasThreadsThatNoHandlerTakes() {
		this.runner.run((context) -> {
			ThreadPoolTaskExecutor executor = context.getBean(ClusterAutoConfiguration.INTERNAL_EXECUTOR_BEAN_NAME,
					ThreadPoolTaskExecutor.class);
			assertThat(executor).isNotSameAs(context.getBean(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME));
			assertThat(executor.getThreadNamePrefix()).isEqualTo("cluster-internal-");
			assertThat(executor.getPhase()).as("works until the cluster has stopped").isLessThan(ManagedCluster.PHASE);
		});
	}

	@Test
	void executorTakesTasksUntilTheClusterHasStopped() {
		this.runner.withUserConfiguration(LastWordsConfiguration.class).run((context) -> {
			LastWords words = context.getBean(LastWords.class);
			context.close();
			assertThat(words.heard).containsExactly("ran on cluster-");
		});
	}

	private static FailureAnalysis analysis(Throwable failure) {
		List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler
				.logging(LogFactory.getLog(ClusterAutoConfigurationTests.class)));
		return analyzers.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter((analysis) -> analysis != null)
			.findFirst()
			.orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	static class LocalConfiguration {

		@Bean
		LocalNetwork network() {
			return new LocalNetwork("chat");
		}

		@Bean
		ClusterTransport transport(LocalNetwork network, ClusterProperties properties) {
			return network.transport(Objects.requireNonNull(properties.node()).node());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LastWordsConfiguration {

		@Bean
		LastWords lastWords(@Qualifier(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME) Executor executor) {
			return new LastWords(executor);
		}

	}

	/**
	 * A bean that stops just before the cluster, and runs a task then.
	 */
	static class LastWords implements SmartLifecycle {

		final List<String> heard = new CopyOnWriteArrayList<>();

		private final Executor executor;

		private volatile boolean running;

		LastWords(Executor executor) {
			this.executor = executor;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.executor
				.execute(() -> this.heard.add("ran on " + Thread.currentThread().getName().replaceAll("\\d", "")));
			await().atMost(30, TimeUnit.SECONDS).until(() -> !this.heard.isEmpty());
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return ManagedCluster.PHASE + 1;
		}

	}

}
