package io.clusterspring.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.clusterspring.Cluster;
import io.clusterspring.ClusterEvent;
import io.clusterspring.MandatoryNodesDownException;
import io.clusterspring.Node;
import io.clusterspring.NodeNameTakenException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class ClusterIntegrationTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private final String cluster = "app-" + UUID.randomUUID();

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	@AfterEach
	void close() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void twoApplicationsFormACluster() throws Exception {
		CompletableFuture<ConfigurableApplicationContext> second = CompletableFuture
			.supplyAsync(() -> run("n2@127.0.0.1", "--cluster.sync-nodes-timeout=60000"));
		ConfigurableApplicationContext first = run("n1@127.0.0.1", "--cluster.sync-nodes-timeout=60s");
		assertThat(first.getBean(Cluster.class).view().nodes()).containsExactlyInAnyOrder(N1, N2);
		assertThat(second.get(60, TimeUnit.SECONDS).getBean(Cluster.class).view().nodes()).containsExactlyInAnyOrder(N1,
				N2);
	}

	@Test
	void eventsTellWhichNodesJoinAndLeave() {
		Events events = run("n1@127.0.0.1").getBean(Events.class);
		for (int i = 0; i < 2; i++) {
			run("n2@127.0.0.1").close();
		}
		await().untilAsserted(() -> assertThat(events.heard).hasSize(4));
		assertThat(events.heard).extracting((event) -> event.getClass().getSimpleName() + " " + event.node().name())
			.containsExactly("NodeUp n2", "NodeDown n2", "NodeUp n2", "NodeDown n2");
		assertThat(events.threads).allMatch((thread) -> thread.startsWith("cluster-"));
	}

	@Test
	void missingOptionalNodeDelaysTheStartAndMissingMandatoryNodeFailsIt() {
		assertThat(run("n1@127.0.0.1", "--cluster.sync-nodes-timeout=100").isRunning()).isTrue();
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> run("n2@127.0.0.1", "--cluster.sync-nodes-timeout=100",
					"--cluster.sync-nodes-mandatory=n1@127.0.0.1,n3@127.0.0.1"))
			.withRootCauseInstanceOf(MandatoryNodesDownException.class)
			.havingRootCause()
			.withMessageContaining("n3@127.0.0.1");
	}

	@Test
	void secondNodeOfANameDoesNotStart() {
		Events events = run("n1@127.0.0.1").getBean(Events.class);
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> run("n1@127.0.0.1"))
			.withRootCauseInstanceOf(NodeNameTakenException.class);
		run("n2@127.0.0.1");
		await().untilAsserted(() -> assertThat(events.heard).hasSize(1));
		assertThat(events.heard).extracting(ClusterEvent::node).containsExactly(N2);
	}

	@Test
	void nodesWithoutNamesGetDifferentOnes() {
		ConfigurableApplicationContext first = run(null);
		ConfigurableApplicationContext second = run(null);
		assertThat(first.getBean(Cluster.class).self()).isNotEqualTo(second.getBean(Cluster.class).self());
		assertThat(second.getBean(Cluster.class).self().toString()).startsWith("app-").endsWith("@127.0.0.1");
	}

	private ConfigurableApplicationContext run(String node, String... more) {
		List<String> arguments = new ArrayList<>(List.of(more));
		arguments.addAll(List.of("--cluster.name=" + this.cluster, "--cluster.port=27840",
				"--cluster.sync-nodes-optional=n1@127.0.0.1, n2@127.0.0.1",
				"--spring.main.register-shutdown-hook=false"));
		if (node != null) {
			arguments.add("--cluster.node=" + node);
		}
		SpringApplication application = new SpringApplicationBuilder(App.class).web(WebApplicationType.NONE).build();
		// Logback is shared in the JVM, and two boots cannot initialize it at once
		application.setListeners(application.getListeners()
			.stream()
			.filter((listener) -> !(listener instanceof LoggingApplicationListener))
			.toList());
		ConfigurableApplicationContext context = application.run(arguments.toArray(String[]::new));
		synchronized (this.contexts) {
			this.contexts.add(context);
		}
		return context;
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TaskExecutionAutoConfiguration.class, ClusterAutoConfiguration.class })
	static class App {

		@Bean
		Events events() {
			return new Events();
		}

	}

	static class Events {

		private final List<ClusterEvent> heard = new CopyOnWriteArrayList<>();

		private final List<String> threads = new CopyOnWriteArrayList<>();

		@EventListener
		void on(ClusterEvent event) {
			this.threads.add(Thread.currentThread().getName());
			this.heard.add(event);
		}

	}

}
